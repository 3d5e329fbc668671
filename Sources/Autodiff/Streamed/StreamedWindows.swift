/// The windows of a stream of samples while a ``StreamedNetwork`` computes them.
///
/// Numbers are the same however samples are handed over, and nothing asks for memory once it is
/// there.
package struct StreamedWindows: Sendable {
    private let network: StreamedNetwork
    /// Windows that may be under way at once.
    private let slotCount: Int
    /// The first sample of the window in each slot; `nil` for none.
    private var starts: [Int?]
    private var nextSlot = 0
    /// Samples that were taken.
    private var count = 0
    /// The newest rows of each stage, in a ring; behind them the first rows of each slot's window that
    /// see zeros before it.
    private var rows: [Float]
    /// Where each stage's ring begins.
    private let rings: [Int]
    /// Where each stage's rows of slots begin.
    private let edges: [Int]
    /// For each slot the sums of the layer over all of a window.
    private var totals: [Double]
    /// The numbers between the layers that close a window, and sums of the next one.
    private var closing: [Float]
    private var sums: [Double]

    /// Numbers of a state beyond which windows overlap too much for it to pay.
    private static let mostNumbers = 1 << 24

    /// Prepares for a stream; `nil` when the windows under way would need too much memory.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - stride: Samples from the beginning of one window to that of the next.
    package init?(_ network: StreamedNetwork, stride: Int) {
        precondition(stride >= 1, "windows follow each other")
        self.network = network
        slotCount = (network.windowLength + stride - 1) / stride
        starts = Array(repeating: nil, count: slotCount)
        var (rings, edges): ([Int], [Int]) = ([], [])
        var size = 0
        for (stage, depth) in zip(network.stages, network.depths) {
            rings.append(size)
            size += depth * stage.filledWidth
        }
        for stage in network.stages {
            edges.append(size)
            size += slotCount * stage.edge * stage.filledWidth
        }
        guard size + slotCount * network.dense.outputs <= Self.mostNumbers else { return nil }
        (self.rings, self.edges) = (rings, edges)
        rows = Array(repeating: 0, count: size)
        totals = Array(repeating: 0, count: slotCount * network.dense.outputs)
        let widths = network.closing.compactMap { part in
            if case .linear(let matrix, _) = part { matrix.outputs } else { nil }
        }
        let widest = max(network.dense.outputs, widths.max() ?? 0)
        closing = Array(repeating: 0, count: widest)
        sums = Array(repeating: 0, count: widest)
    }

    /// Forgets the windows that are under way: what comes does not continue what was.
    package mutating func interrupt() {
        for slot in starts.indices { starts[slot] = nil }
    }

    /// Takes the next sample.
    ///
    /// - Parameters:
    ///   - sample: One number a channel.
    ///   - beginsWindow: Whether a window begins with it: every so many samples, as was prepared for.
    package mutating func take(_ sample: Span<Float>, beginsWindow: Bool) {
        precondition(sample.count == network.channelCount, "a sample has a number a channel")
        if beginsWindow {
            starts[nextSlot] = count
            for place in totals(of: nextSlot) { totals[place] = 0 }
            nextSlot = (nextSlot + 1) % slotCount
        }
        let input = ring(0, at: count)
        for channel in 0..<sample.count { rows[input + channel] = sample[channel] }
        for stage in 1..<network.stages.count { compute(stage) }
        for slot in 0..<slotCount { advance(slot) }
        count += 1
    }

    /// Computes what the network puts out for the window that ended with the newest sample.
    ///
    /// - Parameter outputs: Receives ``StreamedNetwork/outputCount`` numbers.
    /// - Returns: Whether there was such a window; otherwise nothing is received.
    package mutating func finish(into outputs: inout MutableSpan<Double>) -> Bool {
        precondition(outputs.count == network.outputCount, "a number for each output")
        guard let slot = starts.firstIndex(of: count - network.windowLength) else { return false }
        for (place, total) in totals(of: slot).enumerated() {
            closing[place] = network.denseBias[place] + Float(totals[total])
        }
        var width = network.dense.outputs
        for part in network.closing {
            switch part {
            case .relu: for place in 0..<width { closing[place] = max(closing[place], 0) }
            case .linear(let matrix, let bias):
                width = matrix.outputs
                for place in 0..<width { sums[place] = 0 }
                matrix.addProduct(of: 0, in: closing, to: 0, of: &sums)
                for place in 0..<width { closing[place] = bias[place] + Float(sums[place]) }
            }
        }
        for place in 0..<outputs.count { outputs[place] = Double(closing[place]) }
        return true
    }

    // MARK: Rows

    private func totals(of slot: Int) -> Range<Int> {
        slot * network.dense.outputs..<(slot + 1) * network.dense.outputs
    }

    /// The place of a stage's row that was known at a sample.
    private func ring(_ stage: Int, at sample: Int) -> Int {
        let depth = network.depths[stage]
        // Rows of before the first sample are never asked for, but computed with.
        return rings[stage] + (sample + depth) % depth * network.stages[stage].filledWidth
    }

    /// A row of the window in a slot.
    private struct WindowRow {
        let slot: Int
        let row: Int
    }

    /// The place of a stage's row that was known at a sample: of a window's row its own, when that sees
    /// zeros before the window.
    private func place(_ stage: Int, _ own: WindowRow?, at sample: Int) -> Int {
        let shape = network.stages[stage]
        guard let own, own.row < shape.edge else { return ring(stage, at: sample) }
        return edges[stage] + (own.slot * shape.edge + own.row) * shape.filledWidth
    }

    /// Goes on with the window in a slot.
    private mutating func advance(_ slot: Int) {
        guard let start = starts[slot], count < start + network.windowLength else { return }
        for stage in network.stages.indices {
            let row = count - start - network.stages[stage].delay
            if row >= 0, row < network.stages[stage].edge {
                compute(stage, WindowRow(slot: slot, row: row))
            }
        }
        let row = count - start - network.stages[network.last].delay
        guard row >= 0 else { return }
        network.dense.addProduct(
            row, of: place(network.last, WindowRow(slot: slot, row: row), at: count), in: rows,
            to: totals(of: slot).lowerBound, of: &totals)
    }

    /// Computes a stage's row at the newest sample.
    ///
    /// - Parameters:
    ///   - stage: The stage.
    ///   - own: The row of a window, near whose beginning zeros are seen; `nil` for the row as windows
    ///     see it that began long enough ago.
    private mutating func compute(_ stage: Int, _ own: WindowRow? = nil) {
        let result = place(stage, own, at: count)
        switch network.stages[stage].operation {
        case .input: break
        case .relu(let source): rectify(place(source, own, at: count), stage, result)
        case .sum(let one, let other):
            add(place(one, own, at: count), place(other, own, at: count), stage, result)
        case .convolution(let source, let weights, let bias, let taps, let dilation, let zeros):
            for place in bias.indices { rows[result + place] = bias[place] }
            for tap in 0..<taps {
                let seen = own.map {
                    WindowRow(slot: $0.slot, row: $0.row - zeros + tap * dilation)
                }
                if let seen, seen.row < 0 { continue }
                let sample = count - (taps - 1 - tap) * dilation
                weights.addProduct(
                    tap, of: place(source, seen, at: sample), to: result, in: &rows)
            }
        }
    }

    private mutating func rectify(_ source: Int, _ stage: Int, _ result: Int) {
        for place in 0..<network.stages[stage].width {
            rows[result + place] = max(rows[source + place], 0)
        }
    }

    private mutating func add(_ one: Int, _ other: Int, _ stage: Int, _ result: Int) {
        for place in 0..<network.stages[stage].width {
            rows[result + place] = rows[one + place] + rows[other + place]
        }
    }
}
