/// An error that says what is wrong with what somebody gave to the program: a file, a setting, a
/// place to write to.
///
/// The error type of every module is one. Whatever else is thrown is a fault of the program.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// The kind of fault for programs, in lower case with underscores: `missing_column`.
    var kindName: String { get }
    /// Where the fault is.
    var place: ErrorPlace { get }
    /// What was expected there; `nil` when the fault is no comparison.
    var expected: String? { get }
    /// What was found in its place; `nil` when the fault is no comparison.
    var found: String? { get }
    /// What to do; empty when the fault says it all.
    var hint: String { get }
}

extension ExplainedError {
    /// No comparison.
    public var expected: String? { nil }
    /// No comparison.
    public var found: String? { nil }
}
