/// An error that says what is wrong with what somebody gave to the program: a file, a setting, a
/// place to write to.
///
/// The error type of every module is one. Whatever else is thrown is a fault of the program.
public protocol ExplainedError: Error, CustomStringConvertible {}
