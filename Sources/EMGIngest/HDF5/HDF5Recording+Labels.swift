internal import EMGSignal
internal import HDF5
import PrintableText

// What channels are called, and what labels there are.
extension HDF5Recording {
    func channelNames(
        _ usual: [String], width: Int
    ) throws(IngestError) -> [String] {
        var names = layout.channelNames
        if let fact = layout.channels { names = try facts.texts(fact) }
        if names.count == 1, width > 1, let text = names.first, text.contains(",") {
            names = text.split(separator: ",").map {
                String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        }
        guard !names.isEmpty else {
            return usual.isEmpty ? (0..<width).map { "emg\($0)" } : usual
        }
        guard names.count == width else {
            throw IngestError(
                .inconsistent(expected: "\(width) channel names", found: "\(names.count)"),
                at: source.location(layout.samples))
        }
        guard Set(names).count == names.count, !names.contains("") else {
            throw IngestError(
                .inconsistent(
                    expected: "channel names that differ",
                    found: names.joined(separator: ", ")), at: source.location(layout.samples))
        }
        return names
    }

    mutating func labels(
        rows: any HDF5Rows, times: HDF5Column?
    ) throws(IngestError) -> HDF5Labels {
        if let path = layout.labels {
            details["labels_from"] = .text(path)
            let metadata = try source.metadata(of: path)
            if metadata.kind == .words {
                let texts = try source.attempt { (file) throws(HDF5Error) in try file.texts(path) }
                return HDF5Labels(.words(texts), in: source, template: options.template)
            }
            if let axis = OneHotLabels.axis(of: metadata.shape, samples: rows.count) {
                details["labels_one_hot"] = .flag(true)
                return HDF5Labels(
                    .oneHot(
                        try OneHotLabels(path, axis: axis, in: source), names: try classNames()),
                    in: source, template: options.template)
            }
            let column = try source.attempt { (file) throws(HDF5Error) in
                try HDF5Column(path, in: file)
            }
            return HDF5Labels(
                .numbers(column, names: try classNames()), in: source, template: options.template)
        }
        guard let events = layout.events else { return HDF5Labels(.none, in: source) }
        details["labels_from"] = .text(events.name)
        let table = HDF5Events(
            source: source, start: events.start, stop: events.stop, duration: events.duration,
            name: events.name)
        let clock: HDF5Clock
        if let times {
            clock = .times(TimeStampSearch(times, scale: layout.timeUnit, in: source))
        } else if let hertz = try ratesHertz() {
            clock = .rate(hertz, start: 0)
        } else {
            throw IngestError(
                .unknownRate(reason: "events need it to find their samples"),
                at: source.location(events.start), hint: IngestError.declareRateHint)
        }
        let (labels, marked, more) = try table.labels(sampleCount: rows.count, clock: clock)
        warnings += more
        bad = marked.map(\.range)
        return HDF5Labels(labels.map { .events($0) } ?? .none, in: source)
    }

    private mutating func ratesHertz() throws(IngestError) -> Double? {
        if let hertz = options.samplingRateHertz { return hertz }
        if case .declared(let rate, _)? = try facts.rate(layout.rate) { return rate.hertz }
        return options.template?.rate?.hertz
    }

    private func classNames() throws(IngestError) -> [Int: String] {
        func numbered(_ names: [String]) -> [Int: String] {
            Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.offset, $0.element) })
        }
        switch layout.classes {
        case .asTheyAre: return [:]
        case .list(let names): return numbered(names)
        case .named(let names): return names
        case .fact(let fact): return numbered(try facts.texts(fact))
        }
    }
}
