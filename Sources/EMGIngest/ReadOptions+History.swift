package import EMGSignal

extension ReadOptions {
    /// Whether a recording's ingest step was made with these options: reading the same bytes again
    /// would give the same recording.
    ///
    /// - Parameter step: The first step of a recording's history.
    /// - Returns: Whether the step's parameters are what these options give.
    package func arePartOf(_ step: ProcessingStep) -> Bool {
        let wasDeclared = step.parameters["sampling_rate_from"] == .text("declared")
        let hasSameRate =
            samplingRateHertz.map {
                wasDeclared && step.parameters["sampling_rate_hz"]?.double == $0
            }
            ?? !wasDeclared
        return step.operation.hasPrefix("ingest.") && hasSameRate
            && step.parameters["unit"] == .text(unit)
            && step.parameters["missing_samples"] == .text(missing.rawValue)
            && (format.map { step.operation == "ingest.\($0)" } ?? true)
    }
}

extension ProcessingStep.Value {
    fileprivate var double: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        case .text, .flag, .list: nil
        }
    }
}

extension RecordingSource {
    /// The SHA-256 of the file's bytes as 64 lower-case hexadecimal digits.
    ///
    /// - Returns: The digest.
    /// - Throws: ``IngestError`` when the file cannot be read.
    package func sha256() throws(IngestError) -> String {
        try SourceSearch.digest(of: url)
    }
}
