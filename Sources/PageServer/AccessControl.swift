import Foundation
import Synchronization

/// Who may talk to the server: only a page that it served itself, to somebody who was given the
/// address it printed.
///
/// Another program of the same machine does not know the token. A page of another site has
/// another origin, its browser says so, and it cannot read answers, since none allows another
/// origin. A name that was rebound to this machine is another host.
package final class AccessControl: Sendable {
    private let state = Mutex(State())

    private struct State: Sendable {
        /// The port that the server listens on.
        var port = 0
        /// Tokens that were printed and not yet used.
        var tokens: Set<String> = []
        /// Cookies of browsers that used one.
        var sessions: Set<String> = []
    }

    /// Creates a control without any token or port: it refuses everything.
    package init() {}

    /// The port that the server listens on.
    package var port: Int {
        get { state.withLock { $0.port } }
        set { state.withLock { $0.port = newValue } }
    }

    /// A new token, to be used once.
    package func makeToken() -> String {
        let token = Self.secret()
        state.withLock { _ = $0.tokens.insert(token) }
        return token
    }

    /// The address to open, with a new token.
    package func makeAddress() -> String {
        "http://127.0.0.1:\(port)/?token=\(makeToken())"
    }

    /// What to do with a request.
    package enum Verdict: Sendable, Hashable {
        /// Answer it.
        case admit
        /// Give the browser this cookie and send it to the page.
        case welcome(cookie: String)
        /// Answer with this status and nothing else.
        case refuse(Int, String)
    }

    /// Checks a request.
    package func check(_ request: PageRequest) -> Verdict {
        let port = port
        let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
        guard let host = request.header("host"), hosts.contains(host.lowercased()) else {
            return .refuse(403, "this server answers to 127.0.0.1 only")
        }
        if request.headers["origin"] != nil {
            guard request.header("origin")?.lowercased() == "http://\(host.lowercased())" else {
                return .refuse(403, "pages of other sites get nothing")
            }
        } else if request.method != "GET" {
            return .refuse(403, "a change needs the page it comes from")
        }
        // Browsers tell where a request comes from; typing an address comes from nowhere.
        if request.headers["sec-fetch-site"] != nil {
            let site = request.header("sec-fetch-site") ?? ""
            guard site == "same-origin" || site == "none" && request.method == "GET" else {
                return .refuse(403, "pages of other sites get nothing")
            }
        }
        guard request.method == "GET" || request.method == "POST" else {
            return .refuse(405, "GET and POST only")
        }
        if request.path == "/", let token = request.parameters["token"] {
            let cookie = Self.secret()
            let isValid = state.withLock { state in
                guard let known = state.tokens.first(where: { Self.isSame($0, token) }) else {
                    return false
                }
                state.tokens.remove(known)
                state.sessions.insert(cookie)
                return true
            }
            if isValid {
                let attributes = "Path=/; HttpOnly; SameSite=Strict"
                return .welcome(cookie: "\(cookieName)=\(cookie); \(attributes)")
            }
            // A page that was opened before may be loaded again by its old address.
            guard hasSession(request) else {
                return .refuse(403, "this address was used; the terminal has a new one")
            }
            return .welcome(cookie: "")
        }
        guard hasSession(request) else {
            return .refuse(403, "open the address that the terminal shows")
        }
        return .admit
    }

    /// Cookies do not know ports: two servers must not take each other's.
    private var cookieName: String { "myotask_page_\(port)" }

    private func hasSession(_ request: PageRequest) -> Bool {
        let prefix = "\(cookieName)="
        let values = (request.headers["cookie"] ?? []).flatMap { $0.split(separator: ";") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        return state.withLock { state in
            values.contains { value in
                state.sessions.contains { Self.isSame($0, String(value)) }
            }
        }
    }

    /// Compares all bytes, so that the time tells nothing of how many agree.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let left = Array(one.utf8)
        let right = Array(other.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// 256 bits that nobody can guess.
    private static func secret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
