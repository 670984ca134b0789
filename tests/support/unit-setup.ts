// What the start-up of a server would provide; tests never read the developer's own environment.
process.env["APP_SECRET"] = "test-secret-test-secret-test-secret-0001";
process.env["PUBLIC_URL"] = "http://localhost:3000";
process.env["LOG_LEVEL"] ??= "silent";
