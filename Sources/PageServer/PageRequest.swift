package import Documents
package import Foundation

/// A request, of whatever server.
package struct PageRequest: Sendable {
    /// `GET` or `POST`.
    package var method: String
    /// The path as it came, percent-encoded.
    package var path: String
    /// The query as it came, percent-encoded, without the question mark.
    package var query: String
    /// The headers, names in lower case; the values of one that came several times.
    package var headers: [String: [String]]
    /// The body.
    package var body: Data

    /// Creates a request.
    package init(
        method: String = "GET", path: String, query: String = "",
        headers: [String: [String]] = [:], body: Data = Data()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// A header that came once; `nil` when it is missing or came several times.
    package func header(_ name: String) -> String? {
        guard let values = headers[name], values.count == 1 else { return nil }
        return values.first
    }

    /// The parameters of the query, decoded; of several with one name the first.
    package var parameters: [String: String] {
        var result: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
            guard let name = halves.first, result[name] == nil else { continue }
            result[name] = halves.count > 1 ? halves[1] : ""
        }
        return result
    }

    /// The body as a JSON document.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The document's top.
    /// - Throws: `DocumentError` when it is none.
    package func document(kinds: Kinds = Kinds()) throws(DocumentError) -> DocumentCursor {
        var document = try Document(json: body, name: "request")
        document.kinds = kinds
        return document.cursor
    }
}
