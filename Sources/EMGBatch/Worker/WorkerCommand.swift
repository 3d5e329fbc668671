public import Foundation

/// How to start a process that reads sources for this one: a program that calls
/// ``SourceWorker/serve()`` with the same settings.
public struct WorkerCommand: Sendable, Hashable {
    /// The program.
    public var executable: URL
    /// Its arguments.
    public var arguments: [String]
    /// How long a worker may read a source without any progress before it is assumed to be hung, in
    /// seconds.
    public var patienceSeconds: Double

    /// Creates a command.
    public init(executable: URL, arguments: [String], patienceSeconds: Double = 120) {
        self.executable = executable
        self.arguments = arguments
        self.patienceSeconds = patienceSeconds
    }
}
