/// Why a request is not answered.
package struct RequestProblem: Error, Sendable, Hashable {
    /// The status of the response.
    package let status: Int
    /// Why, for people.
    package let text: String

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - status: The status of the response, 400 to 599.
    ///   - text: Why, for people.
    package init(status: Int, text: String) {
        self.status = status
        self.text = text
    }
}
