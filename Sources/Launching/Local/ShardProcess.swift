private import ErrorReports
internal import Foundation

/// A script that runs as a group of processes of its own, which Ctrl-C does not reach.
///
/// Foundation's `Process` starts no group and hands on which signals are ignored: who watches for
/// a signal ignores it, and a shell that was started so could never be asked to end.
final class ShardProcess {
    private let identifier: pid_t
    private var isOver = false

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - words: Its name and arguments.
    ///   - log: The file that its output is appended to.
    /// - Throws: ``LaunchError`` when it cannot be started.
    init(_ words: [String], log: URL) throws(LaunchError) {
        var identifier: pid_t = 0
        let status = unsafe Self.spawn(
            words, log: log.path(percentEncoded: false), &identifier)
        guard status == 0 else {
            throw LaunchError(
                .notStarted(reason: SystemReason.of(errorNumber: status)),
                at: words.first ?? "",
                hint: "end other programs, or allow fewer shards at once (--max-running)")
        }
        self.identifier = identifier
    }

    /// Whether it still runs.
    var isRunning: Bool {
        guard !isOver else { return false }
        var status: Int32 = 0
        isOver = unsafe waitpid(identifier, &status, WNOHANG) != 0
        return !isOver
    }

    /// Asks the whole group to end, as Slurm does.
    func terminate() {
        guard isRunning else { return }
        kill(-identifier, SIGTERM)
    }

    /// Starts a program in a group of its own, with the signals as a shell expects them.
    ///
    /// - Returns: 0, or the number of the error.
    private static func spawn(
        _ words: [String], log: String, _ identifier: UnsafeMutablePointer<pid_t>
    ) -> Int32 {
        #if canImport(Darwin)
            var attributes: posix_spawnattr_t?
            var actions: posix_spawn_file_actions_t?
        #else
            var attributes = posix_spawnattr_t()
            var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawnattr_init(&attributes)
        unsafe posix_spawn_file_actions_init(&actions)
        defer {
            unsafe posix_spawnattr_destroy(&attributes)
            unsafe posix_spawn_file_actions_destroy(&actions)
        }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] {
            unsafe sigaddset(&signals, number)
        }
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
        var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe variables.forEach { unsafe free($0) } }
        return unsafe posix_spawnp(
            identifier, words[0], &actions, &attributes, &arguments, &variables)
    }
}
