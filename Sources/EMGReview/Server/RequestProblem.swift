/// Why a request is not answered.
struct RequestProblem: Error {
    let status: Int
    let text: String
}
