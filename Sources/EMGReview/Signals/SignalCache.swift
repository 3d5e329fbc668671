import EMGArchive
import EMGFilters
import Synchronization

/// The recordings that were looked at last, within a budget of memory.
final class SignalCache: Sendable {
    private let archive: RecordingArchive
    private let pipeline: ConditioningPipeline?
    private let byteLimit: Int
    private let signals = Mutex<[Shelved]>([])

    private struct Key: Sendable, Hashable {
        let id: String
        let kind: SignalRows.Kind
    }

    private struct Shelved: Sendable {
        let key: Key
        let signal: OpenSignal
    }

    init(_ archive: RecordingArchive, pipeline: ConditioningPipeline?, byteLimit: Int = 96 << 20) {
        self.archive = archive
        self.pipeline = pipeline
        self.byteLimit = byteLimit
    }

    /// Whether there is a conditioned form.
    var hasConditioned: Bool { pipeline != nil }

    /// A recording's signal, opened when it is not.
    ///
    /// - Throws: What makes it unreadable, or the pipeline unsuitable.
    func signal(_ entry: RecordingArchive.Entry, _ kind: SignalRows.Kind) throws -> OpenSignal {
        let key = Key(id: entry.id, kind: kind)
        if let known = signals.withLock({ Self.use(key, of: &$0) }) { return known }
        let file = try archive.rows(of: entry)
        let rows: SignalRows
        if kind == .conditioned, let pipeline {
            rows = try SignalRows.condition(file, by: pipeline)
        } else {
            rows = SignalRows(file)
        }
        return signals.withLock { cache in
            // Somebody else may have opened it meanwhile.
            if let known = Self.use(key, of: &cache) { return known }
            let signal = OpenSignal.open(rows)
            cache.append(Shelved(key: key, signal: signal))
            // The one just opened stays, however large it is.
            while cache.count > 1,
                cache.count > 6 || cache.reduce(0, { $0 + $1.signal.bytes }) > byteLimit
            {
                cache.removeFirst().signal.cancel()
            }
            return signal
        }
    }

    private static func use(_ key: Key, of cache: inout [Shelved]) -> OpenSignal? {
        guard let index = cache.firstIndex(where: { $0.key == key }) else { return nil }
        let shelved = cache.remove(at: index)
        cache.append(shelved)
        return shelved.signal
    }
}
