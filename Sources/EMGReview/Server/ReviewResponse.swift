import Documents
package import Foundation

/// What is sent back.
package struct ReviewResponse: Sendable {
    /// The status, 200 for success.
    package var status: Int
    /// The headers beside those that every response has.
    package var headers: [String: String]
    /// The body.
    package var body: Data

    init(status: Int = 200, type: String, body: Data, headers: [String: String] = [:]) {
        self.status = status
        self.headers = headers
        self.headers["Content-Type"] = type
        self.body = body
    }

    /// JSON.
    static func json(
        _ value: DocumentValue, status: Int = 200, headers: [String: String] = [:]
    ) -> ReviewResponse {
        ReviewResponse(
            status: status, type: "application/json", body: Data(value.json().utf8),
            headers: headers)
    }

    /// An error in words.
    static func problem(_ status: Int, _ text: String) -> ReviewResponse {
        json(.object(["error": .string(text)]), status: status)
    }
}
