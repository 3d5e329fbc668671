/// The breaks of one chunk, packets counted from its first one.
struct ChunkBreaks {
    private let grid: GridDeviations
    private let samples: [Double]
    private let first: Int
    private let search: BreakSearch
    /// Packets before which the recording is broken, in order.
    private(set) var found: [Int]
    /// The largest step of a packet that came back to the line.
    private(set) var largestReturn: Double

    private var count: Int { grid.values.count }

    init(_ chunk: PacketChunk, search: BreakSearch) {
        grid = GridDeviations(chunk, period: search.period)
        samples = chunk.samples
        first = chunk.first
        let range = first..<first + chunk.samples.count
        found = search.breaks.lazy.filter { range.contains($0) }.map { $0 - range.lowerBound }
        largestReturn = search.largestReturn
        self.search = search
    }

    /// Finds the breaks that segments of a length show and shorter ones did not.
    mutating func search(length: Int) {
        guard let level = search.jitter.level(of: length), count >= 2 * length else { return }
        // Candidates of few packets are evaluated on more of them: a closer look costs nothing.
        let isLong = length >= LevelJitter.longLength
        let chance = (isLong ? BreakSearch.certainty : 4.5) * level.spread
        let early = -max(search.limits.early, chance)
        let late = max(search.limits.late, chance)
        var candidates: [(packet: Int, size: Double)] = []
        var next = 0
        for packet in length...count - length {
            let difference = grid.difference(at: packet, length: length) - level.center
            guard difference < early || difference > late else { continue }
            while next < found.count, found[next] <= packet - length { next += 1 }
            if next < found.count, found[next] < packet + length { continue }
            candidates.append((packet, difference.magnitude))
        }
        for packet in Self.peaks(candidates, length: length) {
            guard let place = confirm(packet, length: length) else {
                if length == 1 {
                    largestReturn = max(
                        largestReturn, grid.difference(at: packet, length: 1).magnitude)
                }
                continue
            }
            insert(place)
        }
        if length == 1 { dropUncertainEnds() }
    }

    /// The largest of candidates that are closer to each other than a length, in order.
    private static func peaks(
        _ candidates: [(packet: Int, size: Double)], length: Int
    ) -> [Int] {
        guard length > 1 else { return candidates.map(\.packet) }
        let order = candidates.indices.sorted {
            (candidates[$1].size, $0) < (candidates[$0].size, $1)
        }
        var isTaken = [Bool](repeating: false, count: candidates.count)
        var peaks: [Int] = []
        for place in order where !isTaken[place] {
            let packet = candidates[place].packet
            peaks.append(packet)
            var near = place
            while near >= 0, packet - candidates[near].packet < length {
                isTaken[near] = true
                near -= 1
            }
            near = place + 1
            while near < candidates.count, candidates[near].packet - packet < length {
                isTaken[near] = true
                near += 1
            }
        }
        return peaks.sorted()
    }

    /// Whether stamps leave the line for good near a packet, and at which one.
    private func confirm(_ candidate: Int, length: Int) -> Int? {
        let reach = max(length, BreakSearch.reliableLength)
        let packet = split(candidate, reach: reach)
        guard place(of: packet) == nil,
            let (shift, spread, equivalent) = shift(at: packet, reach: reach)
        else { return nil }
        let limit = shift > 0 ? search.limits.late : search.limits.early
        // Few packets have no normal distribution.
        let certainty = BreakSearch.certainty + (equivalent < 5 ? 2 : 0)
        guard shift.magnitude >= max(limit, certainty * spread) else { return nil }
        for longer in [31, 127] where longer > reach {
            guard let far = self.shift(at: packet, reach: longer) else { return nil }
            let (low, high) = bounds(round: packet, reach: longer)
            // An error of the period tilts long segments.
            let tilt = search.periodUncertainty * (samples[high - 1] - samples[low]) / 2
            let known = 0.5 * shift.magnitude - 3 * (far.spread + tilt)
            guard far.shift * (shift < 0 ? -1 : 1) >= known else { return nil }
        }
        if length > 1, isNearEnd(packet), shift.magnitude <= 2 * largestReturn { return nil }
        return packet
    }

    /// The difference of the median levels behind and before a packet, how uncertain jitter makes
    /// it, and the length of two equal segments that tell as much.
    private func shift(
        at packet: Int, reach: Int
    ) -> (shift: Double, spread: Double, equivalent: Double)? {
        let (low, high) = bounds(round: packet, reach: reach)
        guard low < packet, packet < high else { return nil }
        let equivalent = 2 / (1 / Double(packet - low) + 1 / Double(high - packet))
        let level = search.jitter.level(upTo: max(1, Int(equivalent)))
        let drift = level.center * Double(high - low) / Double(2 * max(1, Int(equivalent)))
        let shift = grid.values[packet..<high].median - grid.values[low..<packet].median
        // A median is less certain than a mean, by the root of π/2.
        return (shift - drift, 1.25 * level.spread, equivalent)
    }

    /// The packet near a candidate before which one level holds best and behind which the other
    /// does; packets off both count for neither.
    private func split(_ candidate: Int, reach: Int) -> Int {
        let (low, high) = bounds(round: candidate, reach: reach)
        guard high - low >= 3 else { return candidate }
        let margin = max(1, reach / 4)
        let before = grid.values[low..<max(low + 1, candidate - margin)].median
        let behind = grid.values[min(high - 1, candidate + margin)..<high].median
        let spread = max(
            search.jitter.level(upTo: 1).spread / 2.0.squareRoot(), 0.4 * search.quantum)
        let limit = 9 * spread * spread
        func cost(_ distance: Double) -> Double { min(distance * distance, limit) }
        var total = 0.0
        var best = (total: Double.infinity, packet: candidate)
        for packet in low + 1..<high {
            let value = grid.values[packet - 1]
            total += cost(value - before) - cost(value - behind)
            let isCloser = (packet - candidate).magnitude < (best.packet - candidate).magnitude
            if total < best.total - 1e-6 * limit
                || (isCloser && total <= best.total + 1e-6 * limit)
            {
                best = (min(total, best.total), packet)
            }
        }
        return best.packet
    }

    /// What is no break any more when the breaks beside it are known.
    mutating func prune() {
        for _ in 0..<3 {
            var kept: [Int] = []
            let all = found
            for packet in all {
                guard let (shift, spread, _) = shift(at: packet, reach: 31) else { continue }
                let limit = shift > 0 ? search.limits.late : search.limits.early
                let uncertain = 0.7 * BreakSearch.certainty * spread
                if shift.magnitude >= max(0.9 * limit, uncertain) { kept.append(packet) }
            }
            found = kept
            if kept.count == all.count { return }
        }
    }

    /// Close to the ends of the recording a late packet and a gap look alike: only a step like no
    /// other counts.
    private mutating func dropUncertainEnds() {
        found = found.filter { packet in
            guard isNearEnd(packet), let (shift, _, _) = shift(at: packet, reach: 7) else {
                return true
            }
            return shift.magnitude > 2 * largestReturn
        }
    }

    private func isNearEnd(_ packet: Int) -> Bool {
        first + packet < BreakSearch.reliableLength
            || search.packetCount - first - packet < BreakSearch.reliableLength
    }

    /// The packets up to the next break or the reach on both sides.
    private func bounds(round packet: Int, reach: Int) -> (low: Int, high: Int) {
        let index = firstIndex(atOrAbove: packet)
        let before = index > 0 ? found[index - 1] : 0
        let next = index < found.count && found[index] == packet ? index + 1 : index
        let behind = next < found.count ? found[next] : count
        return (max(before, packet - reach), min(behind, packet + reach))
    }

    private mutating func insert(_ packet: Int) {
        let index = firstIndex(atOrAbove: packet)
        if index == found.count || found[index] != packet { found.insert(packet, at: index) }
    }

    private func place(of packet: Int) -> Int? {
        let index = firstIndex(atOrAbove: packet)
        return index < found.count && found[index] == packet ? index : nil
    }

    private func firstIndex(atOrAbove packet: Int) -> Int {
        var low = 0
        var high = found.count
        while low < high {
            let middle = (low + high) / 2
            if found[middle] < packet { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
