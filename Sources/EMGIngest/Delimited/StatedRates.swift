internal import EMGSignal

/// What the head of a file says of the rate, sensors and counters of its columns.
struct StatedRates: Sendable {
    /// The rate of all columns.
    var rate: SamplingRate?
    /// The sensor behind a column, by the column's name.
    var sensors: [String: String] = [:]
    private var preamble: DelimitedPreambleReader?

    init(_ rate: SamplingRate?) { self.rate = rate }

    init(_ preamble: DelimitedPreambleReader) {
        rate = preamble.rate
        sensors = preamble.sensors
        self.preamble = preamble
    }

    /// How many bits a column has; `nil` when the head does not say.
    func width(ofColumn column: Int) -> Int? { preamble?.width(ofColumn: column) }
}
