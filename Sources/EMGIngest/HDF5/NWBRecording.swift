internal import EMGSignal
internal import HDF5
import PrintableText

/// Puts together the recording of a series of an NWB file.
struct NWBRecording {
    private let source: HDF5Source
    private let series: NWBSeries
    private let isMain: Bool
    private let options: ReadOptions
    private var attributes: HDF5Attributes
    private var warnings: [IngestWarning]
    private var details: [String: ProcessingStep.Value] = [:]

    init(
        _ source: HDF5Source, _ series: NWBSeries, isMain: Bool, warnings: [IngestWarning],
        options: ReadOptions
    ) {
        self.source = source
        self.series = series
        self.isMain = isMain
        self.options = options
        self.warnings = warnings
        attributes = HDF5Attributes(source)
        details["samples_from"] = .text("\(series.path)/data")
        details["neurodata_type"] = .text(series.type)
    }

    /// The stream of the recording.
    consuming func stream() throws(IngestError) -> HDF5Stream {
        var this = self
        return try this.make()
    }

    private var data: String { "\(series.path)/data" }

    private mutating func make() throws(IngestError) -> HDF5Stream {
        let electrodes = try NWBElectrodes(of: series, in: source)
        let axis = axis(electrodes)
        let width =
            series.shape.count == 1 ? 1 : series.shape[axis == .samplesFirst ? 1 : 0]
        guard (1...HDF5Recording.channelLimit).contains(width) else {
            throw IngestError(
                .inconsistent(
                    expected: "1 to \(HDF5Recording.channelLimit) channels", found: "\(width)"),
                at: source.location(data))
        }
        let dataset = try source.attempt { (file) throws(HDF5Error) in
            try file.dataset(data, unwritten: axis == .samplesFirst ? .filled : .refused)
        }
        try HDF5Storage.check(dataset, in: source)
        let unwritten = try HDF5Storage.unwritten(dataset, in: source, into: &warnings)
        let rows = try source.attempt { (_) throws(HDF5Error) in
            try MatrixRows.open(dataset, axis: axis)
        }
        let scaling = try scaling(width: width)
        let unit = unit()
        let (rate, times, clock) = try time()
        let length = try CommonLength.of(
            [(data, rows.count)] + [times].compactMap(\.self).map { ($0.name, $0.count) },
            at: source.location(series.path))
        let count = length.count
        if let warning = length.warning { warnings.append(warning) }
        let names = electrodes.names(width: width) ?? (0..<width).map { "emg\($0)" }
        details.merge(electrodes.details) { $1 }
        var labels: EventLabels?
        var bad: [QualityInterval] = []
        if let clock {
            let intervals = NWBIntervals(source, template: options.template)
            let found = try intervals.labels(sampleCount: count, clock: clock)
            labels = found.labels
            bad = found.bad
            warnings += found.warnings
            details.merge(found.details) { $1 }
        }
        var metadata = StreamMetadata(
            channels: names.map { Channel(name: $0, unit: unit) }, rate: rate,
            labels: labels.map { .classes($0.classNames) } ?? .none,
            hasTimeStamps: times != nil, sampleCount: count, details: details)
        metadata.part = isMain ? nil : series.name
        metadata.scaling = scaling == .identity(channelCount: width) ? nil : scaling
        metadata.warnings = attributes.warnings + warnings
        metadata.quality = bad
        return HDF5Stream(
            source, metadata,
            HDF5Stream.Parts(
                rows: rows, times: times,
                labels: HDF5Labels(labels.map { .events($0) } ?? .none, in: source), count: count,
                object: data, unwritten: unwritten),
            options: options)
    }

    /// Time goes along the first dimension, as the format asks; writers that turn it round are
    /// found out by the number of electrodes.
    private mutating func axis(_ electrodes: NWBElectrodes) -> SampleAxis {
        guard series.shape.count == 2, electrodes.count > 0, electrodes.count == series.shape[0],
            electrodes.count != series.shape[1]
        else { return .samplesFirst }
        warnings.append(
            IngestWarning(
                .assumption, at: source.location(data),
                message:
                    "\(series.shape[0]) × \(series.shape[1]) is assumed to be channels × samples, "
                    + "as there are \(electrodes.count, of: "electrode")"))
        details["axis_assumed"] = .flag(true)
        return .channelsFirst
    }

    /// `sample = data · conversion · channel_conversion + offset`.
    private mutating func scaling(width: Int) throws(IngestError) -> ADCScaling {
        let conversion = try factor("conversion", usual: 1)
        let offset = try factor("offset", usual: 0)
        var scale = [Double](repeating: conversion, count: width)
        let path = "\(series.path)/channel_conversion"
        let isThere = try source.attempt { (file) throws(HDF5Error) in try file.hasLink(path) }
        if isThere {
            let factors = try source.attempt { (file) throws(HDF5Error) in
                let column = try HDF5Column(path, in: file)
                return try column.read(0..<min(column.count, HDF5Recording.channelLimit + 1))
            }
            guard factors.count == width, factors.allSatisfy({ $0.isFinite && $0 != 0 }) else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(width, of: "finite factor") other than 0",
                        found: "\(factors.count, of: "value")"), at: source.location(path))
            }
            for channel in 0..<width { scale[channel] *= factors[channel] }
        }
        if let resolution = attributes.number("resolution", of: data), resolution > 0 {
            details["resolution"] = .number(resolution)
        }
        return ADCScaling(scale: scale, offset: [Double](repeating: offset, count: width))
    }

    private mutating func factor(_ name: String, usual: Double) throws(IngestError) -> Double {
        guard let value = attributes.value(name, of: data) else { return usual }
        guard case .numbers(let numbers) = value, numbers.count == 1, let number = numbers.first,
            number.isFinite, !(usual == 1 && number == 0)
        else {
            throw IngestError(
                .inconsistent(
                    expected: usual == 1 ? "a finite number other than 0" : "a finite number",
                    found: value.summary), at: source.location(data, field: name))
        }
        return number
    }

    private mutating func unit() -> String {
        guard let unit = attributes.text("unit", of: data), unit != "unknown" else {
            if series.type == "ElectricalSeries" {
                warnings.append(
                    IngestWarning(
                        .assumption, at: source.location(data),
                        message: "no unit is said: volts are assumed, as the format asks"))
                details["unit_from"] = .text("format")
                return "V"
            }
            return options.unit
        }
        details["unit_from"] = .text("attribute \(data)@unit")
        return unit
    }

    // MARK: - Time

    private mutating func time() throws(IngestError) -> (
        rate: StreamMetadata.Rate, times: HDF5Column?, clock: HDF5Clock?
    ) {
        let starting = "\(series.path)/starting_time"
        let isRegular = try source.attempt { (file) throws(HDF5Error) in
            try file.hasLink(starting)
        }
        guard isRegular else {
            let times = try source.attempt { (file) throws(HDF5Error) in
                try HDF5Column("\(series.path)/timestamps", in: file)
            }
            return (
                .unknown(reason: "there are no two time stamps that go forward"), times,
                .times(TimeStampSearch(times, scale: 1, in: source))
            )
        }
        var facts = HDF5Facts(source, options: options)
        let rate = try facts.rate(.attribute("rate", of: starting))
        let start = try source.attempt { (file) throws(HDF5Error) in
            let column = try HDF5Column(starting, in: file)
            return try column.read(0..<min(1, column.count)).first ?? 0
        }
        guard start.isFinite else {
            throw IngestError(
                .inconsistent(expected: "a finite time", found: "\(start)"),
                at: source.location(starting))
        }
        details["starting_time_s"] = .number(start)
        warnings += facts.warnings
        var hertz = options.samplingRateHertz
        if case .declared(let rate, _)? = rate { hertz = hertz ?? rate.hertz }
        return (
            rate ?? .unknown(reason: "starting_time has no rate"), nil,
            hertz.map { .rate($0, start: start) }
        )
    }
}
