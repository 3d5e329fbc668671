/// What happened in a trial: the group EVENT, or the events of the header where there is none.
enum C3DEvents {
    /// The events of a file, in seconds since its first frame.
    ///
    /// Times of the group count from the first frame of the trial, which a file that was cut from
    /// it may not have; those of the header from the first frame of the file.
    ///
    /// - Parameters:
    ///   - header: The header.
    ///   - parameters: The group.
    ///   - layout: The frames.
    ///   - file: The file, for warnings.
    /// - Returns: The events and where they are from; what is odd about them.
    static func read(
        _ header: C3DHeader, _ parameters: C3DParameters, layout: C3DLayout, file: String
    ) -> (events: [LabelEvent], from: String, warnings: [IngestWarning]) {
        let used = parameters["EVENT:USED"]?.counts.first ?? 0
        guard used > 0 else { return (header.events, "header", []) }
        let labels = parameters.texts("EVENT:LABELS")
        let contexts = parameters.texts("EVENT:CONTEXTS")
        let times = parameters.numbers("EVENT:TIMES")
        let count = min(used, labels.count, times.count / 2)
        var warnings: [IngestWarning] = []
        if count < used {
            warnings.append(
                IngestWarning(
                    .events, at: SourceLocation(file: file, object: "EVENT"), count: used - count,
                    message: "EVENT:USED says \(used), there are \(labels.count) names and "
                        + "\(times.count / 2) times: \(count) were read"))
        }
        let origin =
            layout.frameRate > 0 ? Double(layout.firstFrame - 1) / layout.frameRate : 0
        var events: [LabelEvent] = []
        for index in 0..<count {
            let time = times[2 * index] * 60 + times[2 * index + 1] - origin
            guard time.isFinite, abs(time) < 1e9 else { continue }
            let context = contexts.count > index ? contexts[index] : ""
            let label = labels[index]
            // What belongs to a side is another class on the other one.
            let parts = [isGeneral(context) ? "" : context, label].filter { !$0.isEmpty }
            guard !parts.isEmpty else { continue }
            events.append(
                LabelEvent(start: time, duration: nil, name: parts.joined(separator: " ")))
        }
        return (events, "EVENT", warnings)
    }

    private static func isGeneral(_ context: String) -> Bool {
        ["general", "unknown", "invalid"].contains(context.lowercased())
    }
}
