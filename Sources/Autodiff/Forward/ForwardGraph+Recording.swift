extension ForwardGraph {
    /// Finds out what a network computes by recording it for two batches of different sizes.
    ///
    /// - Parameters:
    ///   - inputWidth: Numbers of a window.
    ///   - parameters: The flat vector.
    ///   - record: Records the network: its result has a row for each window of the batch.
    /// - Throws: ``ForwardFault`` for a network that computes something else for another number of
    ///   windows, mixes windows of a batch, or computes what only training does.
    package init(
        inputWidth: Int, parameters: [Float],
        record: (inout Tape, Tape.Variable) -> Tape.Variable
    ) throws(ForwardFault) {
        // Primes that no extent of a model is likely to be a multiple of.
        let pair = try ForwardRecording(
            ForwardTape(windows: 7_919, inputWidth: inputWidth, record: record),
            ForwardTape(windows: 8_209, inputWidth: inputWidth, record: record))
        self = try pair.graph(parameters: parameters)
        try Self.checkIndependence(inputWidth: inputWidth, parameters: parameters, record: record)
    }

    /// Refuses a network whose outputs for a window depend on the others of its batch.
    private static func checkIndependence(
        inputWidth: Int, parameters: [Float],
        record: (inout Tape, Tape.Variable) -> Tape.Variable
    ) throws(ForwardFault) {
        let windows = 3
        let numbers = (0..<windows * inputWidth).map { index in
            // Any numbers without a pattern.
            Float((index &* 7_919 &+ 31) % 2_003) / 1_001.5 - 1
        }
        let together = ForwardTape(windows: windows, inputWidth: inputWidth, record: record)
            .outputs(of: numbers, parameters: parameters)
        let single = ForwardTape(windows: 1, inputWidth: inputWidth, record: record)
        let apart = (0..<windows).flatMap { window in
            single.outputs(
                of: Array(numbers[window * inputWidth..<(window + 1) * inputWidth]),
                parameters: parameters)
        }
        let largest = apart.reduce(0) { max($0, abs($1)) }
        guard zip(together, apart).allSatisfy({ abs($0 - $1) <= 1e-3 * largest }) else {
            throw .batchSize("it computes a window's outputs from other windows of the batch")
        }
    }
}
