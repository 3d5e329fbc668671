private import Dispatch
private import EMGSignal
private import Synchronization

/// The tasks of an opened collection, kept in memory as far as a budget allows; those that were
/// used least recently go first.
///
/// ```swift
/// let tasks = CollectionCache(try CollectionFile.open(url), memoryBudget: 512 << 20)
/// for id in tasks.collection.manifest.splits.train {
///     let tensors = try tasks.tensors(for: id)
/// }
/// ```
///
/// A task's arrays are shared with whoever asked for them: keeping and handing out copies
/// nothing. It may be used by several threads at once.
public final class CollectionCache: Sendable {
    /// The collection.
    package let collection: CollectionFile
    /// How many bytes of tensors are kept at most; a single task may be larger.
    package let memoryBudget: Int

    private struct State {
        var tasks: [String: (tensors: TaskTensors, bytes: Int)] = [:]
        var order = RecencyOrder<String>()
        var bytes = 0
        var reads = 0
        /// The tasks that are being read ahead.
        var ahead: [String: DispatchGroup] = [:]
        /// The tasks whose hash another process has checked.
        var trusted: Set<String> = []
        /// The tasks whose hash was checked here, since somebody asked last.
        var checked: [String] = []
    }
    private let readAhead = DispatchQueue(label: "tasks read ahead", qos: .utility)
    private let state = Mutex(State())

    /// Creates a cache, which is empty.
    ///
    /// - Parameters:
    ///   - collection: The collection.
    ///   - memoryBudget: How many bytes of tensors are kept at most, at least 0.
    public init(_ collection: CollectionFile, memoryBudget: Int) {
        precondition(memoryBudget >= 0, "a budget is at least 0 bytes, got \(memoryBudget)")
        self.collection = collection
        self.memoryBudget = memoryBudget
    }

    /// A task, from memory or else from the file.
    ///
    /// - Parameter id: A task of the manifest.
    /// - Returns: Its signal and windows.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    public func tensors(for id: String) throws(ArchiveError) -> TaskTensors {
        if let kept = kept(id) { return kept }
        if let ahead = state.withLock({ $0.ahead[id] }) {
            ahead.wait()
            if let kept = kept(id) { return kept }
        }
        let tensors = try read(id)
        keep(tensors, as: id)
        return tensors
    }

    private func read(_ id: String) throws(ArchiveError) -> TaskTensors {
        let isTrusted = state.withLock { $0.trusted.contains(id) }
        let tensors = try collection.tensors(for: id, checksHash: !isTrusted)
        if !isTrusted { state.withLock { $0.checked.append(id) } }
        return tensors
    }

    /// The tasks whose hash was checked here since it was asked last.
    package func takeChecked() -> [String] {
        state.withLock { state in
            defer { state.checked = [] }
            return state.checked
        }
    }

    /// Takes it that the hash of tasks is right, as another process of this machine has checked it.
    package func trust(_ ids: [String]) {
        state.withLock { $0.trusted.formUnion(ids) }
    }

    /// Reads tasks in the background, so that they are in memory when they are asked for.
    ///
    /// At most half of the memory goes to tasks that are read ahead; the rest stays for those in
    /// use. A task that cannot be read says so when it is asked for.
    ///
    /// - Parameter ids: The tasks, those that are needed first in front.
    package func prefetch(_ ids: [String]) {
        var room = memoryBudget / 2
        for id in ids {
            guard let bytes = collection.byteCount(of: id), bytes <= room else { return }
            let isNew = state.withLock { state in
                guard state.tasks[id] == nil, state.ahead[id] == nil else { return false }
                let group = DispatchGroup()
                group.enter()
                state.ahead[id] = group
                return true
            }
            guard isNew else { continue }
            room -= bytes
            readAhead.async { [self] in
                // Whoever asks for the task gets the error.
                if let tensors = try? read(id) { keep(tensors, as: id) }
                state.withLock { $0.ahead.removeValue(forKey: id) }?.leave()
            }
        }
    }

    private func kept(_ id: String) -> TaskTensors? {
        state.withLock { state in
            guard let kept = state.tasks[id] else { return nil }
            state.order.use(id)
            return kept.tensors
        }
    }

    /// How many bytes of tensors are in memory.
    package var byteCount: Int { state.withLock { $0.bytes } }

    /// How many tasks were read from the file so far.
    package var readCount: Int { state.withLock { $0.reads } }

    private func keep(_ tensors: TaskTensors, as id: String) {
        state.withLock { state in
            state.reads += 1
            let bytes = tensors.byteCount
            // Another thread may have read it meanwhile; what fills the budget alone is not kept.
            guard state.tasks[id] == nil, bytes <= memoryBudget else { return }
            while state.bytes + bytes > memoryBudget,
                let oldest = state.order.removeOldest()
            {
                state.bytes -= state.tasks.removeValue(forKey: oldest)?.bytes ?? 0
            }
            state.tasks[id] = (tensors, bytes)
            state.order.use(id)
            state.bytes += bytes
        }
    }
}

extension TaskTensors {
    /// How many bytes the signal, starts, labels and targets take.
    package var byteCount: Int {
        signal.values.count * MemoryLayout<Float>.size
            + (support.starts.count + query.starts.count)
            * (MemoryLayout<Int64>.size + MemoryLayout<UInt8>.size)
            + (support.targets.count + query.targets.count) * MemoryLayout<Float>.size
    }
}
