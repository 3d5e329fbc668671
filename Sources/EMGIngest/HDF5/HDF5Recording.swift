internal import EMGSignal
internal import HDF5
import PrintableText

/// Puts together a recording of a layout.
struct HDF5Recording {
    private let source: HDF5Source
    private let layout: HDF5Layout
    private let options: ReadOptions
    private var facts: HDF5Facts
    private var warnings: [IngestWarning] = []
    private var details: [String: ProcessingStep.Value] = [:]

    /// More channels than any EMG has: the dataset lies the other way round, or is something else.
    static let channelLimit = 4_096

    /// The samples that events mark as bad.
    private var bad: [SampleRange] = []

    init(
        _ source: HDF5Source, _ layout: HDF5Layout, warnings: [IngestWarning] = [],
        options: ReadOptions
    ) {
        self.warnings = warnings
        self.source = source
        self.layout = layout
        self.options = options
        facts = HDF5Facts(source, options: options)
        if let template = options.template { details["template"] = .text(template.name) }
    }

    /// The stream of the recording.
    consuming func stream() throws(IngestError) -> HDF5Stream {
        var this = self
        return try this.make()
    }

    private mutating func make() throws(IngestError) -> HDF5Stream {
        details["samples_from"] = .text(layout.samples)
        let metadata = try source.metadata(of: layout.samples)
        let (rows, width, names, unwritten): (any HDF5Rows, Int, [String], [Range<Int>])
        var times: HDF5Column?
        switch metadata.kind {
        case .records:
            (rows, names) = try records()
            (width, unwritten) = (names.count, [])
        case .numbers:
            (rows, width, unwritten) = try matrix(metadata)
            names = []
            if let time = layout.time {
                times = try source.attempt { (file) throws(HDF5Error) in
                    try HDF5Column(time, in: file)
                }
            }
        case .words:
            throw IngestError(
                .inconsistent(expected: "numbers", found: "texts or names"),
                at: source.location(layout.samples))
        case .other(let words):
            throw IngestError(
                .inconsistent(expected: "numbers", found: words),
                at: source.location(layout.samples))
        }
        let hasTimes = layout.time != nil
        let labels = try labels(rows: rows, times: times)
        let targets = try targets()
        let length = try CommonLength.of(
            [(layout.samples, rows.count)]
                + [(layout.time, times?.count), (layout.labels, labels.count)].compactMap {
                    name, count in count.map { (name ?? "labels", $0) }
                } + targets.map { ("target \($0.description.name)", $0.rows.count) },
            at: source.location(layout.samples))
        let count = length.count
        if let warning = length.warning { warnings.append(warning) }
        let rate =
            try facts.rate(layout.rate)
            ?? options.template?.rate.map { .declared($0, by: "template") }
            ?? .unknown(
                reason: hasTimes
                    ? "there are no two times that go forward"
                    : "neither an attribute nor times tell it")
        let scaling = ADCScaling(
            scale: try facts.perChannel(layout.scale, count: width, usual: 1),
            offset: try facts.perChannel(layout.offset, count: width, usual: 0))
        let unit =
            try layout.unit.map { (fact) throws(IngestError) in try facts.text(fact) }
            ?? options.template?.unit
        if let fact = layout.unit { details["unit_from"] = .text(HDF5Facts.words(fact)) }
        let channels = try channelNames(names, width: width).map {
            Channel(name: $0, unit: unit ?? options.unit)
        }
        var head = StreamMetadata(
            channels: channels,
            scaling: scaling == .identity(channelCount: width) ? nil : scaling, rate: rate,
            labels: labels.metadata, hasTimeStamps: hasTimes, sampleCount: count,
            details: details, warnings: warnings + facts.warnings)
        head.targets = targets.map(\.description)
        let read = SampleRange(start: 0, end: count)
        head.quality = bad.compactMap { range in
            range.intersection(read).map {
                QualityInterval(range: $0, channel: nil, kind: .markedBad)
            }
        }
        return HDF5Stream(
            source, head,
            HDF5Stream.Parts(
                rows: rows, times: times, timeScale: layout.timeUnit, labels: labels,
                targets: targets.map(\.rows), count: count, object: layout.samples,
                unwritten: unwritten),
            options: options)
    }

    // MARK: - Targets

    private func targets() throws(IngestError) -> [(
        description: TargetDescription, rows: any HDF5Rows
    )] {
        var result: [(TargetDescription, any HDF5Rows)] = []
        for target in layout.targets {
            let path = target.places[0]
            let shape = try source.metadata(of: path).shape
            guard (1...2).contains(shape.count), shape.last != 0 else {
                throw IngestError(
                    .inconsistent(
                        expected: "samples × dimensions", found: Self.text(shape)),
                    at: source.location(path))
            }
            let dataset = try source.attempt { (file) throws(HDF5Error) in
                try file.dataset(path, unwritten: .refused)
            }
            try HDF5Storage.check(dataset, in: source)
            let rows = try source.attempt { (_) throws(HDF5Error) in
                try MatrixRows.open(dataset, axis: .samplesFirst)
            }
            let count = shape.count == 1 ? 1 : shape[1]
            guard count <= TargetDescription.mostDimensions else { throw tooManyChannels(count) }
            let names = TargetDescription.names(target.name, count: count)
            result.append((try target.description(names, at: source.location(path)), rows))
        }
        return result
    }

    // MARK: - Samples

    private mutating func records() throws(IngestError) -> (any HDF5Rows, [String]) {
        let path = layout.samples
        let records = try source.attempt { (file) throws(HDF5Error) in try file.records(path) }
        let found = HDF5Members(records, in: source)
        guard !layout.members.isEmpty else {
            throw IngestError(
                .inconsistent(
                    expected: "numbers",
                    found: "records of \(found.names.joined(separator: ", "))"),
                at: source.location(path), hint: "name the members that are channels in a template")
        }
        var members: [RecordMember] = []
        var names: [String] = []
        for name in layout.members {
            let member = try found.numeric(name)
            members.append(member)
            names += HDF5Members.channelNames(member)
        }
        let time = try layout.time.map { (name) throws(IngestError) in try found.single(name) }
        guard names.count <= Self.channelLimit else { throw tooManyChannels(names.count) }
        return (RecordRows(records, samples: members, time: time), names)
    }

    private mutating func matrix(
        _ metadata: DatasetMetadata
    ) throws(IngestError) -> (any HDF5Rows, Int, [Range<Int>]) {
        let path = layout.samples
        guard (1...2).contains(metadata.shape.count) else {
            throw IngestError(
                .inconsistent(
                    expected: "samples × channels, two dimensions",
                    found: "\(metadata.shape.count, of: "dimension") (\(Self.text(metadata.shape)))"
                ),
                at: source.location(path),
                hint: "a template names a dataset of two dimensions (hdf5: {samples: /…})")
        }
        guard layout.members.isEmpty else {
            throw IngestError(
                .inconsistent(
                    expected: "records of \(layout.members.joined(separator: ", "))",
                    found: "plain numbers"), at: source.location(path))
        }
        let axis = try axis(of: metadata.shape)
        if metadata.shape.count == 2 { details["axis"] = .text(axis.rawValue) }
        let dataset = try source.attempt { (file) throws(HDF5Error) in
            try file.dataset(path, unwritten: axis == .samplesFirst ? .filled : .refused)
        }
        try HDF5Storage.check(dataset, in: source)
        let rows = try source.attempt { (_) throws(HDF5Error) in
            try MatrixRows.open(dataset, axis: axis)
        }
        let width =
            metadata.shape.count == 1 ? 1 : metadata.shape[axis == .samplesFirst ? 1 : 0]
        guard width > 0 else {
            throw IngestError(
                .noSamples(found: "a dataset of no channels"), at: source.location(path))
        }
        guard width <= Self.channelLimit else { throw tooManyChannels(width) }
        return (rows, width, try HDF5Storage.unwritten(dataset, in: source, into: &warnings))
    }

    /// Which way the samples lie: as the template says, or along the longer dimension, which is
    /// said where it is not plain.
    private mutating func axis(of shape: [Int]) throws(IngestError) -> SampleAxis {
        guard shape.count == 2 else { return .samplesFirst }
        if let axis = layout.axis { return axis }
        let (first, second) = (shape[0], shape[1])
        if first / 16 >= second || first == 0 || second == 0 { return .samplesFirst }
        guard first != second else {
            throw IngestError(
                .inconsistent(
                    expected: "samples × channels or channels × samples",
                    found: "\(Self.text(shape)), which can be both"),
                at: source.location(layout.samples),
                hint:
                    "say which in a template (hdf5: {samples: \(layout.samples), axis: samples-first})"
            )
        }
        let axis: SampleAxis = first > second ? .samplesFirst : .channelsFirst
        warnings.append(
            IngestWarning(
                .assumption, at: source.location(layout.samples),
                message: "\(Self.text(shape)) is assumed to be "
                    + (axis == .samplesFirst ? "samples × channels" : "channels × samples")
                    + ", as there should be more samples than channels; "
                    + "the axis of a template settles it"))
        details["axis_assumed"] = .flag(true)
        return axis
    }

    private func tooManyChannels(_ count: Int) -> IngestError {
        IngestError(
            .inconsistent(
                expected: "at most \(Self.channelLimit) channels", found: "\(count)"),
            at: source.location(layout.samples),
            hint: "say by the axis of a template which way the samples lie")
    }

    private static func text(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: " × ")
    }

    // MARK: - Channels and labels

    private func channelNames(
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

    private mutating func labels(
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
