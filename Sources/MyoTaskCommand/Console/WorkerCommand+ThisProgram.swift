import EMGBatch
import Foundation

extension WorkerCommand {
    /// This program again, with the same settings.
    ///
    /// - Parameters:
    ///   - worker: The command that it should carry out.
    ///   - command: The command that it carries out.
    /// - Returns: `nil` when the program cannot be found.
    static func thisProgram(as worker: String, insteadOf command: String?) -> WorkerCommand? {
        guard let executable = Bundle.main.executableURL else { return nil }
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard let name = arguments.firstIndex(of: command ?? "") else { return nil }
        arguments[name] = worker
        return WorkerCommand(executable: executable, arguments: arguments)
    }
}
