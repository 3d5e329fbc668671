import EMGArchive
import EMGReview
import Foundation
import PageServer
import TestSupport
import Testing

@Suite("Who may talk to the review server")
struct AccessControlTests {
    private static let admitted: [String: [String]] = [
        "host": ["127.0.0.1:4000"], "sec-fetch-site": ["same-origin"],
    ]

    @Test("a token opens the page once, and the cookie it gives opens everything")
    func token() throws {
        let small = try SmallArchive()
        let service = try small.service()
        let token = service.access.makeToken()
        let request = PageRequest(
            path: "/", query: "token=\(token)", headers: ["host": ["127.0.0.1:4000"]])
        let first = service.respond(to: request)
        #expect(first.status == 303)
        #expect(first.headers["Location"] == "/")
        let cookie = try #require(first.headers["Set-Cookie"])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        #expect(service.respond(to: request).status == 403)
        let visitor = Visitor(service)
        #expect(visitor.get("/").status == 200)
        #expect(visitor.get("/api/archive").status == 200)
    }

    @Test(
        "without the cookie there is nothing",
        arguments: [
            [:], ["cookie": ["myotask_page_4000="]], ["cookie": ["myotask_page_4000=1234"]],
            ["cookie": ["other=1; myotask_page_4001=abc"]],
        ] as [[String: [String]]])
    func cookie(headers: [String: [String]]) throws {
        let small = try SmallArchive()
        let service = try small.service()
        for path in ["/", "/app.js", "/api/archive", "/api/signal"] {
            let request = PageRequest(
                path: path, headers: Self.admitted.merging(headers) { _, new in new })
            #expect(service.respond(to: request).status == 403)
        }
    }

    @Test(
        "another host, origin or site gets nothing, even with the cookie",
        arguments: [
            ["host": ["evil.example:4000"]], ["host": ["127.0.0.1"]], ["host": ["127.0.0.1:4001"]],
            ["host": ["127.0.0.1:4000", "evil.example"]], ["host": []],
            ["host": ["127.0.0.1.evil.example:4000"]], ["host": ["[::1]:4000"]],
            ["origin": ["http://evil.example"]], ["origin": ["null"]],
            ["origin": ["https://127.0.0.1:4000"]], ["origin": ["http://127.0.0.1:4001"]],
            ["origin": ["http://localhost:4000"]],
            ["origin": ["http://127.0.0.1:4000", "http://evil.example"]],
            ["sec-fetch-site": ["cross-site"]], ["sec-fetch-site": ["same-site"]],
            ["sec-fetch-site": ["same-origin", "cross-site"]],
        ] as [[String: [String]]])
    func foreign(headers: [String: [String]]) throws {
        let small = try SmallArchive()
        let service = try small.service()
        let visitor = Visitor(service)
        var all = Self.admitted.merging(headers) { _, new in new }
        all["cookie"] = [visitor.cookie]
        #expect(
            service.respond(to: PageRequest(path: "/api/archive", headers: all)).status == 403)
    }

    @Test("a change needs the page's own origin")
    func originOfChanges() throws {
        let small = try SmallArchive()
        let service = try small.service()
        let visitor = Visitor(service)
        let body = Data(#"{"recording": "p1/day1/111", "action": "approve"}"#.utf8)
        var headers = Self.admitted
        headers["cookie"] = [visitor.cookie]
        headers["if-match"] = ["\"0\""]
        let request = PageRequest(
            method: "POST", path: "/api/decisions", headers: headers, body: body)
        #expect(service.respond(to: request).status == 403)
        headers["origin"] = ["http://127.0.0.1:4000"]
        let own = PageRequest(
            method: "POST", path: "/api/decisions", headers: headers, body: body)
        #expect(service.respond(to: own).status == 200)
        for method in ["PUT", "DELETE", "OPTIONS", "TRACE", "get"] {
            let other = PageRequest(method: method, path: "/api/archive", headers: headers)
            #expect(service.respond(to: other).status == 405)
        }
    }

    @Test("every answer says that nothing may come from or go elsewhere")
    func headers() throws {
        let small = try SmallArchive()
        let service = try small.service()
        let visitor = Visitor(service)
        for answer in [
            visitor.get("/"), visitor.get("/nothing"), visitor.get("/api/archive"),
            service.respond(to: PageRequest(path: "/")),
        ] {
            #expect(
                answer.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
            #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
            #expect(answer.headers["Access-Control-Allow-Origin"] == nil)
            #expect(answer.headers["Cache-Control"] == "no-store")
        }
    }

    @Test(
        "paths out of the page and ids out of the archive are nothing",
        arguments: [
            "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
            "//etc/passwd",
            "/Page/app.js", "/app.js/", "/app.js%00", "/archive/p1/day1/111.h5", "/.edits.json",
        ])
    func paths(path: String) throws {
        let small = try SmallArchive()
        let service = try small.service()
        let visitor = Visitor(service)
        #expect(visitor.get(path).status == 404)
        let id = path.replacing("/", with: "%2F")
        for name in ["recording", "signal", "spectrum"] {
            #expect(visitor.get("/api/\(name)", "id=\(id)&start=0&end=9&columns=4").status == 404)
        }
        let body = "{\"recording\": \"..\(path)\", \"action\": \"approve\"}"
        #expect([404, 422].contains(visitor.post("/api/decisions", body, revision: 0).status))
        #expect(!FileManager.default.fileExists(atPath: small.editsURL.path()))
    }

    @Test("over a real socket: only the page that the address opened gets answers")
    func socket() throws {
        let small = try SmallArchive()
        let review = try RunningPage(["review", small.archive.folder.path()])
        #expect(try review.status("GET /api/archive") == 403)
        #expect(try review.status("GET /?token=\(review.token)", host: "evil.example") == 403)
        #expect(try review.status("GET /?token=0123") == 403)
        #expect(
            try review.status(
                "GET /?token=\(review.token)", ["Sec-Fetch-Site: cross-site"]) == 403)
        let cookie = try review.cookie()
        #expect(cookie.hasPrefix("myotask_page_\(review.port)="))
        #expect(try review.status("GET /?token=\(review.token)") == 403)
        let known = ["Cookie: \(cookie)"]
        #expect(try review.status("GET /api/archive", known) == 200)
        #expect(try review.status("GET /api/archive", known, host: "rebound.example") == 403)
        #expect(
            try review.status("GET /api/archive", known, host: "rebound.example:\(review.port)")
                == 403)
        #expect(
            try review.status("GET /api/archive", known + ["Origin: http://evil.example"]) == 403)
        for path in [
            "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
        ] {
            #expect(try review.status("GET \(path)", known) == 404)
        }
        #expect(try review.status("GET /", known) == 200)
    }
}
