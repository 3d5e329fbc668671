/// How the program ends.
enum ExitStatus: Int32, Error {
    /// Everything asked for is done.
    case done = 0
    /// Some inputs were refused; the rest is done.
    case refused = 1
    /// The command was not understood.
    case usage = 2
    /// A fault of the program itself.
    case fault = 3
    /// It was asked to stop (Ctrl-C) and has saved everything.
    case interrupted = 130
}
