/// A segment of signal that tasks of different splits have in common.
struct SharedSegment: Sendable, Hashable {
    /// The places of the two tasks in the list.
    let one: Int
    let other: Int
    /// A sample of each at which the segment lies.
    let oneSample: Int
    let otherSample: Int
    /// At how many places the signals agree.
    let places: Int

    /// Finds what tasks of different splits have in common: marks that agree at two places or more.
    ///
    /// - Parameter fingerprints: One for each task.
    /// - Returns: The pairs, in the order of the tasks.
    static func find(in fingerprints: [SignalFingerprint]) -> [SharedSegment] {
        let repeated = repeatedHashes(in: fingerprints)
        var owners: [UInt64: [(task: Int, mark: SignalFingerprint.Mark)]] = [:]
        var found: [[Int]: [(Int, Int)]] = [:]
        for (index, fingerprint) in fingerprints.enumerated() where !repeated.isEmpty {
            for mark in fingerprint.marks where repeated.contains(mark.hash) {
                for other in owners[mark.hash] ?? []
                where fingerprints[other.task].split != fingerprint.split
                    && mark.isSame(as: other.mark)
                {
                    found[[other.task, index], default: []].append(
                        (other.mark.sample, mark.sample))
                }
                // Periodic signals repeat: a few places of each task are enough.
                if owners[mark.hash]?.count(where: { $0.task == index }) ?? 0 < 2 {
                    owners[mark.hash, default: []].append((index, mark))
                }
            }
        }
        return found.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { pair in
            guard let places = found[pair], places.count >= 2, let first = places.first else {
                return nil
            }
            return SharedSegment(
                one: pair[0], other: pair[1], oneSample: first.0, otherSample: first.1,
                places: places.count)
        }
    }

    /// The hashes that several marks have. Nearly all marks are the only ones of theirs and agree
    /// with none: an entry for each in a table would take several times the memory of the marks.
    static func repeatedHashes(in fingerprints: [SignalFingerprint]) -> Set<UInt64> {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(fingerprints.reduce(0) { $0 + $1.marks.count })
        for fingerprint in fingerprints {
            for mark in fingerprint.marks { hashes.append(mark.hash) }
        }
        hashes.sort()
        var repeated: Set<UInt64> = []
        for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
            repeated.insert(hashes[index])
        }
        return repeated
    }
}
