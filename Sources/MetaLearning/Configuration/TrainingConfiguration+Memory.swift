private import Foundation

extension TrainingConfiguration {
    /// Megabytes of tasks that are kept when nothing is said: 512, or a quarter of the machine's
    /// memory when that is less.
    package static var defaultTaskMemoryMB: Int {
        min(512, Int(clamping: ProcessInfo.processInfo.physicalMemory >> 22))
    }

    /// What tasks that are kept in memory between uses may take, in bytes.
    package var taskMemory: Int { (taskMemoryMiB ?? Self.defaultTaskMemoryMB) << 20 }
}
