/// An error of a module that says what its files and folders had.
package protocol FilesFailure: Error {
    /// Tells of a fault of a file or folder in the words of the module.
    init(_ error: FilesError)
}

extension FilesError: FilesFailure {
    /// The error as it is.
    package init(_ error: FilesError) { self = error }
}

extension FilesFailure {
    /// Does something to files, and tells of a fault as the module does.
    ///
    /// - Parameter body: What is done.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, as an error of the module.
    package static func wrapping<Result: ~Copyable>(
        _ body: () throws(FilesError) -> Result
    ) throws(Self) -> Result {
        do throws(FilesError) {
            return try body()
        } catch {
            throw Self(error)
        }
    }
}
