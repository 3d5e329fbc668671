package import Documents
package import Foundation

/// What is sent back.
package struct PageResponse: Sendable {
    /// The status, 200 for success.
    package var status: Int
    /// The headers beside those that every response has.
    package var headers: [String: String]
    /// The body.
    package var body: Data

    /// Creates a response.
    ///
    /// - Parameters:
    ///   - status: The status, 200 for success.
    ///   - type: The type of the body.
    ///   - body: The body.
    ///   - headers: Headers of this response alone.
    package init(status: Int = 200, type: String, body: Data, headers: [String: String] = [:]) {
        self.status = status
        self.headers = headers
        self.headers["Content-Type"] = type
        self.body = body
    }

    /// JSON.
    package static func json(
        _ value: DocumentValue, status: Int = 200, headers: [String: String] = [:]
    ) -> PageResponse {
        PageResponse(
            status: status, type: "application/json", body: Data(value.json().utf8),
            headers: headers)
    }

    /// An error in words.
    package static func problem(_ status: Int, _ text: String) -> PageResponse {
        json(.object(["error": .string(text)]), status: status)
    }

    /// What every response says: nothing from elsewhere, nothing to elsewhere, nothing kept.
    package static let protectiveHeaders: [String: String] = [
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    ]
}
