package import EMGSignal

extension ReadOptions {
    /// The name of the history parameter that ``fingerprint`` is kept under.
    static let fingerprintName = "options"

    /// Everything that reading depends on besides the source's bytes and its identity, as text:
    /// equal options, equal recordings.
    package var fingerprint: String {
        var parts = ["unit=\(unit)", "missing=\(missing.rawValue)"]
        if let format { parts.append("format=\(format)") }
        if let samplingRateHertz { parts.append("rate=\(samplingRateHertz)") }
        if let repairSeconds { parts.append("repair=\(repairSeconds)") }
        switch self.parts {
        case .main: break
        case .all: parts.append("parts=all")
        case .named(let name): parts.append("parts=\(name)")
        }
        if let template { parts.append("template=\(template.digest)") }
        return parts.joined(separator: " ")
    }

    /// Whether a recording's ingest step was made with these options: reading the same bytes again
    /// would give the same recording.
    ///
    /// - Parameter step: The first step of a recording's history.
    /// - Returns: Whether the step says so.
    package func arePartOf(_ step: ProcessingStep) -> Bool {
        step.operation.hasPrefix("ingest.")
            && step.parameters[Self.fingerprintName] == .text(fingerprint)
    }
}
