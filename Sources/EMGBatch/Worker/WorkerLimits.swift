private import Foundation

/// What a process that reads strangers' files allows itself.
enum WorkerLimits {
    /// The least memory that a worker may have: large chunks are decompressed several times over.
    private static let leastBytes = 2 << 30

    /// Sets the limits of this process.
    ///
    /// A file that makes its parser ask for more than half of the machine's memory ends the
    /// parser and not the machine. A core dump of a damaged file helps nobody.
    static func apply() {
        let bytes = max(leastBytes, Int(clamping: ProcessInfo.processInfo.physicalMemory / 2))
        #if os(Linux)
            lower(Int32(RLIMIT_DATA.rawValue), to: rlim_t(bytes))
            lower(Int32(RLIMIT_CORE.rawValue), to: 0)
        #else
            lower(RLIMIT_DATA, to: rlim_t(bytes))
            lower(RLIMIT_CORE, to: 0)
        #endif
    }

    /// Lowers a limit; one that is lower already stays.
    private static func lower(_ resource: Int32, to value: rlim_t) {
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur > value else { return }
        limit.rlim_cur = value
        // Where it cannot be lowered, the worker works without.
        _ = unsafe setrlimit(resource, &limit)
    }
}
