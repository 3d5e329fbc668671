private import PrintableText

extension RecordingInspection {
    /// The inspection for a terminal, lines ended by a line feed.
    package var text: String {
        var lines: [String] = [file.printable(limit: 1_000)]
        func add(_ name: String, _ value: String) {
            lines.append("  " + name.padded(to: 12) + value)
        }
        add("format", format)
        add("identity", identity?.printable(limit: 300) ?? "not given by the file's place")
        if let part { add("part", part.printable(limit: 300)) }
        add("samples", "\(sampleCount) in \(durationSeconds.brief) s")
        add("rate", rateText)
        if let timeStamps { add("time stamps", timeStamps.text) }
        if timeStamps != nil || gaps.count > 0 {
            let text = gaps.text
            add("gaps", text[0])
            for line in text.dropFirst() { add("", line) }
        }
        if let labels { add("labels", labelsText(labels)) }
        add("sha-256", sha256)
        lines.append("")
        lines += table
        if let labels, !labels.runs.isEmpty {
            lines.append("")
            lines.append("  runs (samples)")
            lines += runLines(labels.runs)
        }
        if let events, !events.rows.isEmpty {
            lines.append("")
            lines.append("  events (\(events.count))")
            lines += eventLines(events)
        }
        if !quality.isEmpty {
            lines.append("")
            lines.append("  quality (samples)")
            lines += qualityLines
        }
        if !warnings.isEmpty {
            lines.append("")
            lines.append("  warnings")
            lines += warningLines
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var rateText: String {
        var text = "\(rate.hertz.brief) Hz (\(rate.origin)"
        if let measured = rate.measuredHertz {
            let value = measured.text(withError: rate.standardErrorHertz ?? 0, unit: "Hz")
            if let slip = UnitSlip(measuredHertz: measured, statedHertz: rate.hertz) {
                text += "; the time stamps are \(slip.text)"
            } else {
                text +=
                    rate.origin.hasPrefix(EstimatedRate.stampsOrigin)
                    ? ": \(value)" : "; by the time stamps \(value)"
            }
        }
        text += ")"
        if rate.effectiveHertz < rate.hertz {
            text += ", effective \(rate.effectiveHertz.brief) Hz: samples are held"
        }
        return text
    }

    private func labelsText(_ labels: Labels) -> String {
        let counts = labels.classes.map { "\($0.name) \($0.sampleCount)" }
            .joined(separator: ", ")
        guard let cycles = labels.cycles?.completeCycles else { return counts }
        return "\(counts); \(cycles, of: "complete cycle")"
    }

    /// The channels as a table.
    private var table: [String] {
        let header = [
            "channel", "unit", "min", "max", "mean", "SD", "missing", "saturated", "flat", "hum",
        ]
        var rows = [header]
        for channel in channels {
            rows.append([
                channel.name.printable(limit: 20), channel.unit.printable(limit: 10),
                channel.minimum?.brief ?? "-", channel.maximum?.brief ?? "-",
                channel.mean?.brief ?? "-", channel.standardDeviation?.brief ?? "-",
                String(channel.nonFiniteSamples), String(channel.saturatedSamples),
                String(channel.flatSamples), humText(channel),
            ])
        }
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                column < 2
                    ? row[column].padded(to: widths[column])
                    : row[column].paddedLeft(to: widths[column])
            }
            return "  " + cells.joined(separator: "  ")
        }
    }

    /// The stronger of the two hums, and at which frequency.
    private func humText(_ channel: ChannelSummary) -> String {
        guard let hum = channel.mainsHum.max(by: { $0.levelDecibels < $1.levelDecibels })
        else { return "-" }
        return hum.isPresent
            ? "\(Int(hum.levelDecibels.rounded())) dB at \(hum.frequencyHertz.brief) Hz" : "none"
    }

    /// The events as a table.
    private func eventLines(_ events: EventTable) -> [String] {
        let shown = events.rows.prefix(Self.mostEventLines)
        let rows =
            [events.columns] + shown.map { row in row.map { $0 ?? "n/a" } }
        let cells = rows.map { row in row.map { $0.printable(limit: 30) } }
        let widths = events.columns.indices.map { column in
            cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        var lines = cells.map { row in
            var line = "    " + zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
        if events.count > shown.count { lines.append("    and \(events.count - shown.count) more") }
        return lines
    }

    /// The intervals of each kind and channel on a line, in the order of the recording.
    private var qualityLines: [String] {
        struct Kind: Hashable {
            let kind: String
            let channel: String?
        }
        var order: [Kind] = []
        var groups: [Kind: [Interval]] = [:]
        for interval in quality {
            let kind = Kind(kind: interval.kind, channel: interval.channel)
            if groups[kind] == nil { order.append(kind) }
            groups[kind, default: []].append(interval)
        }
        var lines = order.prefix(Self.mostQualityLines).map { kind in
            let found = groups[kind] ?? []
            let shown = found.prefix(8).map { "\($0.start)..<\($0.end)" }
            let place = kind.channel?.printable(limit: 20) ?? "all channels"
            let rest = found.count > 8 ? " and \(found.count - 8) more" : ""
            return "    \(kind.kind.printable()), \(place): "
                + shown.joined(separator: ", ") + rest
        }
        if order.count > lines.count {
            lines.append("    and \(order.count - lines.count) more kinds and channels (--json)")
        }
        return lines
    }

    /// The warnings, those in the same words about several columns once.
    private var warningLines: [String] {
        struct Words: Hashable {
            let line: Int?
            let message: String
        }
        var order: [Words] = []
        var fields: [Words: [String]] = [:]
        for warning in warnings {
            let words = Words(line: warning.location.line, message: warning.message)
            if fields[words] == nil { order.append(words) }
            let field = warning.location.field.flatMap { warning.message.hasPrefix($0) ? nil : $0 }
            fields[words, default: []] += field.map { [$0] } ?? []
        }
        var lines = order.prefix(Self.mostWarningLines).map { words in
            let names = fields[words] ?? []
            let place = words.line.map { "line \($0): " } ?? ""
            let what =
                names.isEmpty
                ? ""
                : names.prefix(20).joined(separator: ", ")
                    + (names.count > 20 ? " and \(names.count - 20) more" : "") + ": "
            return "    - " + place + what.printable(limit: 1_000)
                + words.message.printable(limit: 1_000)
        }
        if order.count > lines.count {
            lines.append("    and \(order.count - lines.count) more (--json)")
        }
        return lines
    }

    /// How many warnings are reported.
    private static var mostWarningLines: Int { 60 }

    /// How many events are reported.
    private static var mostEventLines: Int { 60 }

    /// How many kinds and channels are reported.
    private static var mostQualityLines: Int { 40 }

    /// The runs, several on a line.
    private func runLines(_ runs: [Labels.Run]) -> [String] {
        let shown = runs.prefix(60).map { "\($0.label) \($0.start)..<\($0.end)" }
        let width = (shown.map(\.count).max() ?? 0) + 2
        let columns = max(1, 96 / width)
        var lines: [String] = []
        for start in stride(from: 0, to: shown.count, by: columns) {
            let cells = shown[start..<min(start + columns, shown.count)]
            var line = "    " + cells.map { $0.padded(to: width) }.joined()
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        if runs.count > 60 { lines.append("    and \(runs.count - 60) more") }
        return lines
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate func paddedLeft(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
