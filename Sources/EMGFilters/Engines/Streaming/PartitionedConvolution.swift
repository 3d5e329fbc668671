private import FFTW
private import Synchronization

/// A long FIR filter for samples as they come: causal, at low latency.
///
/// The response is cut into equal parts. The first is convolved directly, sample by sample, so
/// that there is no latency beyond the filter's own; the others by overlap-save with one transform
/// a block, whose spectra are kept and multiplied by those of the parts (uniformly partitioned
/// convolution). Blocks are counted from the first sample of the stream, whatever pieces it comes
/// in, and so are the results' bits.
package struct PartitionedConvolution: StreamingFilter {
    /// The past, block by block.
    package struct State: Sendable, Hashable, Codable {
        /// The last two blocks of input, the spectra of those before, and what they add to this
        /// block, for each channel; then how much of this block has come.
        package let values: [Double]
    }

    /// How many channels the samples have.
    package let channelCount: Int
    /// Samples in a block.
    package let blockLength: Int
    private let response: PartitionedResponse
    private var lanes: [PartitionedLane]
    private var position = 0

    /// Creates a filter at rest.
    ///
    /// - Parameters:
    ///   - taps: The response, the weight of the sample itself first; at least one.
    ///   - channelCount: How many channels the samples have, at least 1.
    ///   - blockLength: Samples in a block, at least 1; `nil` for 64.
    package init(taps: [Double], channelCount: Int, blockLength: Int? = nil) {
        precondition(channelCount >= 1, "a filter has at least 1 channel, got \(channelCount)")
        precondition(!taps.isEmpty, "a response has at least 1 weight")
        let blockLength = blockLength ?? 64
        precondition(blockLength >= 1, "a block has at least 1 sample, got \(blockLength)")
        self.channelCount = channelCount
        self.blockLength = blockLength
        let response = PartitionedResponse(taps, blockLength: blockLength)
        self.response = response
        lanes = (0..<channelCount).map { _ in PartitionedLane(response) }
    }

    /// What the filter remembers now.
    package var state: State {
        State(values: lanes.flatMap(\.numbers) + [Double(position)])
    }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of the same response, block length and number of channels.
    /// - Throws: ``FilterError`` when it is of another one; the filter is as before then.
    package mutating func restore(_ state: State) throws(FilterError) {
        let each = lanes[0].numbers.count
        guard state.values.count == each * channelCount + 1,
            let position = state.values.last.flatMap({ Int(exactly: $0) }),
            (0..<blockLength).contains(position)
        else {
            throw FilterError(
                .stateMismatch(
                    expectedCount: each * channelCount + 1, foundCount: state.values.count),
                hint: "restore the state into the filter that it was saved from")
        }
        for channel in lanes.indices {
            lanes[channel].restore(Array(state.values[channel * each..<(channel + 1) * each]))
        }
        self.position = position
    }

    /// Forgets the past: back to rest.
    package mutating func reset() {
        for channel in lanes.indices { lanes[channel].reset() }
        position = 0
    }

    /// Filters the next samples in place.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    package mutating func process(_ samples: inout MutableSpan<Double>) {
        precondition(
            samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        var row = 0
        while row < samples.count {
            let rows = min(blockLength - position, (samples.count - row) / channelCount)
            for channel in lanes.indices {
                lanes[channel].process(
                    &samples, from: row + channel, stride: channelCount, count: rows,
                    at: position, response)
            }
            position += rows
            row += rows * channelCount
            if position == blockLength {
                position = 0
                for channel in lanes.indices { lanes[channel].endBlock(response) }
            }
        }
    }
}

/// The parts of a response: the first as it is, the others as spectra.
private final class PartitionedResponse: Sendable {
    let blockLength: Int
    let first: [Double]
    /// For each further part the bins' real and imaginary parts in turn.
    let spectra: [[Double]]
    let plan: RealFFTPlan
    /// Room for a transform: nothing is allocated while samples come.
    let scratch: Mutex<RealFFTPlan.Workspace>

    init(_ taps: [Double], blockLength: Int) {
        self.blockLength = blockLength
        first = Array(taps.prefix(blockLength))
        plan = .shared(length: 2 * blockLength)
        var workspace = plan.makeWorkspace()
        var spectra: [[Double]] = []
        for start in stride(from: blockLength, to: taps.count, by: blockLength) {
            let part = taps[start..<min(start + blockLength, taps.count)]
            workspace.withSignal { signal in
                for index in signal.indices { signal[index] = 0 }
                for (index, tap) in part.enumerated() {
                    signal[index] = tap / Double(2 * blockLength)
                }
            }
            plan.forward(&workspace)
            spectra.append(
                workspace.withSpectrum { spectrum in spectrum.indices.map { spectrum[$0] } })
        }
        self.spectra = spectra
        scratch = Mutex(plan.makeWorkspace())
    }
}

extension PartitionedResponse {
    /// Adds the product of a part's spectrum and one of the past.
    func add(
        _ part: Int, of history: Span<Double>, at place: Int, to spectrum: inout MutableSpan<Double>
    ) {
        let numbers = spectra[part]
        let response = numbers.span
        precondition(place >= 0 && place + response.count <= history.count)
        precondition(response.count == spectrum.count)
        var bin = 0
        while bin < response.count {
            let (a, b) = unsafe (
                history[unchecked: place &+ bin], history[unchecked: place &+ bin &+ 1]
            )
            let (c, d) = unsafe (response[unchecked: bin], response[unchecked: bin &+ 1])
            unsafe spectrum[unchecked: bin] += a * c - b * d
            unsafe spectrum[unchecked: bin &+ 1] += a * d + b * c
            bin += 2
        }
    }
}

/// Takes an array out of where it is, so that changing it does not copy it.
private func take(_ array: inout [Double]) -> [Double] {
    let result = array
    array = []
    return result
}

/// One channel of a ``PartitionedConvolution``.
private struct PartitionedLane: Sendable {
    /// The block before and this one.
    private var input: [Double]
    /// Spectra of earlier pairs of blocks, a ring.
    private var history: [Double]
    private var newest = 0
    /// What all parts but the first add to this block.
    private var rest: [Double]

    init(_ response: PartitionedResponse) {
        input = Array(repeating: 0, count: 2 * response.blockLength)
        history = Array(
            repeating: 0, count: response.spectra.count * 2 * (response.blockLength + 1))
        rest = Array(repeating: 0, count: response.blockLength)
    }

    var numbers: [Double] { input + history + rest + [Double(newest)] }

    mutating func reset() {
        for index in input.indices { input[index] = 0 }
        for index in history.indices { history[index] = 0 }
        for index in rest.indices { rest[index] = 0 }
        newest = 0
    }

    mutating func restore(_ numbers: [Double]) {
        let (inputs, histories) = (input.count, history.count)
        input = Array(numbers[..<inputs])
        history = Array(numbers[inputs..<inputs + histories])
        rest = Array(numbers[(inputs + histories)..<numbers.count - 1])
        newest = Int(exactly: numbers[numbers.count - 1]) ?? 0
    }

    mutating func process(
        _ samples: inout MutableSpan<Double>, from start: Int, stride: Int, count: Int,
        at position: Int, _ response: PartitionedResponse
    ) {
        let block = response.blockLength
        let taps = response.first
        let first = taps.span
        for index in 0..<count {
            input[block + position + index] = samples[start + index * stride]
        }
        for index in 0..<count {
            let place = block + position + index
            var sum = rest[position + index]
            for tap in 0..<first.count where tap <= place { sum += first[tap] * input[place - tap] }
            samples[start + index * stride] = sum
        }
    }

    mutating func endBlock(_ response: PartitionedResponse) {
        let block = response.blockLength
        let parts = response.spectra.count
        if parts > 0 {
            let bins = 2 * (block + 1)
            newest = (newest + parts - 1) % parts
            let (newest, input) = (newest, input)
            var (history, rest) = (take(&self.history), take(&self.rest))
            response.scratch.withLock { workspace in
                workspace.withSignal { signal in
                    for index in 0..<2 * block { signal[index] = input[index] }
                }
                response.plan.forward(&workspace)
                workspace.withSpectrum { spectrum in
                    let place = newest * bins
                    for index in 0..<bins { history[place + index] = spectrum[index] }
                    for index in 0..<bins { spectrum[index] = 0 }
                    for part in 0..<parts {
                        response.add(
                            part, of: history.span, at: (newest + part) % parts * bins,
                            to: &spectrum)
                    }
                }
                response.plan.inverse(&workspace)
                workspace.withSignal { signal in
                    for index in 0..<block { rest[index] = signal[block + index] }
                }
            }
            self.history = history
            self.rest = rest
        }
        for index in 0..<block { input[index] = input[block + index] }
    }
}
