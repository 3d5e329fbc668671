internal import EMGFilters

/// A causal chain as statements of C on one sample of all channels.
struct CConditioning {
    /// Tables and memory.
    private(set) var declarations = ""
    /// The statements that a sample passes, which is called `row`.
    private(set) var statements: [String] = []
    /// The statements that forget the past.
    private(set) var resets: [String] = []
    /// What is called.
    private(set) var functions: Set<CFunction> = []
    /// Bytes of tables.
    private(set) var tableBytes = 0
    /// Bytes of memory.
    private(set) var memoryBytes = 0

    private let channelCount: Int

    /// Translates a chain.
    ///
    /// - Parameters:
    ///   - steps: Its steps.
    ///   - channelCount: Channels of the samples.
    /// - Throws: ``DecodingError`` for a step that has no numbers.
    init(_ steps: [CausalStep], channelCount: Int) throws(DecodingError) {
        self.channelCount = channelCount
        for (place, step) in steps.enumerated() { try add(step, "step_\(place + 1)") }
    }

    private mutating func add(_ step: CausalStep, _ name: String) throws(DecodingError) {
        switch step {
        case .sections(let sections):
            table(name, sections.flatMap { [$0.b0, $0.b1, $0.b2, $0.a1, $0.a2] })
            memory("\(name)_delays", 2 * sections.count * channelCount)
            call(.sections, "myotask_sections(row, \(name), \(sections.count), \(name)_delays);")
        case .taps(let taps):
            table(name, taps)
            memory("\(name)_past", taps.count * channelCount)
            declarations += "static size_t \(name)_newest;\n"
            resets.append("\(name)_newest = 0;")
            call(
                .taps,
                "myotask_taps(row, \(name), \(taps.count), \(name)_past, &\(name)_newest);")
        case .magnitude: each("row[i] = row[i] < 0.0 ? -row[i] : row[i];")
        case .clip(let low, let high):
            let (low, high) = (CText.literal(low), CText.literal(high))
            each("row[i] = row[i] < \(low) ? \(low) : row[i] > \(high) ? \(high) : row[i];")
        case .movingWindow(let average, let length, let countsMissing):
            memory("\(name)_terms", length * channelCount)
            memory("\(name)_starts", channelCount)
            declarations += "static struct myotask_window \(name)_state;\n"
            resets += ["\(name)_state.position = 0;", "\(name)_state.filled = 0;"]
            call(
                .movingWindow,
                "myotask_moving_window(row, \(average == .rootMeanSquare ? 1 : 0), \(length), "
                    + "\(countsMissing ? 1 : 0), \(name)_terms, \(name)_starts, &\(name)_state);")
        case .teagerKaiser:
            memory("\(name)_past", 2 * channelCount)
            call(.teagerKaiser, "myotask_teager_kaiser(row, \(name)_past);")
        case .divisors(let divisors):
            table(name, divisors)
            each("row[i] /= \(name)[i];")
        case .other(let summary):
            throw DecodingError(
                .unsupported("C has no form of the conditioning step \"\(summary)\""),
                at: "conditioning",
                hint:
                    "leave the stage out, or export to onnx and condition samples in your own code")
        }
    }

    private mutating func each(_ statement: String) {
        statements.append("for (i = 0; i < MYOTASK_CHANNELS; i++) \(statement)")
    }

    private mutating func call(_ function: CFunction, _ statement: String) {
        functions.insert(function)
        statements.append(statement)
    }

    private mutating func table(_ name: String, _ values: [Double]) {
        declarations += CText.table("double", name, values.map { CText.literal($0) })
        tableBytes += 8 * values.count
    }

    private mutating func memory(_ name: String, _ count: Int) {
        declarations += "static double \(name)[\(count)];\n"
        resets.append("for (i = 0; i < \(count); i++) \(name)[i] = 0.0;")
        memoryBytes += 8 * count
    }
}
