private import Foundation

/// Answers a page's requests; knows nothing of sockets.
package protocol PageService: Sendable {
    /// Who may ask.
    var access: AccessControl { get }

    /// Answers a request of somebody who may ask.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response, without the headers that every response has.
    /// - Throws: ``RequestProblem`` for what is not answered; whatever else is thrown is said with
    ///   status 422.
    func answer(_ request: PageRequest) throws -> PageResponse
}

extension PageService {
    /// Answers a request, whoever asks.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - welcomed: Called with the address for another browser, when one was used.
    /// - Returns: The response with all its headers.
    package func respond(
        to request: PageRequest, welcomed: (String) -> Void = { _ in }
    ) -> PageResponse {
        var response: PageResponse
        switch access.check(request) {
        case .refuse(let status, let text):
            response = PageResponse(
                status: status, type: "text/plain; charset=utf-8", body: Data((text + "\n").utf8))
        case .welcome(let cookie):
            response = PageResponse(
                status: 303, type: "text/plain; charset=utf-8", body: Data(),
                headers: ["Location": "/"])
            if !cookie.isEmpty {
                response.headers["Set-Cookie"] = cookie
                welcomed(access.makeAddress())
            }
        case .admit:
            do {
                response = try answer(request)
            } catch let problem as RequestProblem {
                response = .problem(problem.status, problem.text)
            } catch {
                response = .problem(422, "\(error)")
            }
        }
        response.headers.merge(PageResponse.protectiveHeaders) { own, _ in own }
        return response
    }
}
