internal import Foundation
internal import PrintableText

/// What a data set of EEGLAB says besides its samples: the variable `EEG`, or its fields as
/// variables of their own, as newer versions save them.
struct EEGLABFile {
    /// An event.
    struct Event: Sendable, Hashable {
        /// What happened.
        let type: String
        /// The sample, counted from 1; between two samples for a boundary.
        let latency: Double
        /// How many samples it lasts; `nil` when it does not say.
        let duration: Double?

        /// Whether samples were cut out there, or recordings joined.
        var isBoundary: Bool { type.lowercased() == "boundary" || type == "-99" }
    }

    /// Where the samples are.
    enum Samples: Sendable, Hashable {
        /// In the file, a matrix of channels and samples, under this name.
        case inside(String)
        /// In a file beside it, 32-bit floating point, sample after sample.
        case beside(URL)
    }

    /// A sample must fit into memory many times.
    private static let mostChannels = 4_096

    let variables: any MATLABFile
    let file: String
    let samples: Samples
    let channelCount: Int
    let sampleCount: Int
    let hertz: Double
    /// Name and type of each channel; empty texts where they are not known.
    let channels: [(name: String, type: String)]
    let events: [Event]
    let warnings: [IngestWarning]

    /// Reads everything but the samples.
    init(_ url: URL) throws(IngestError) {
        let variables = try MATLABReader.file(url)
        let file = url.relativePath
        self.variables = variables
        self.file = file
        let prefix = variables.names.contains("EEG") ? "EEG." : ""
        guard !prefix.isEmpty || variables.names.contains("data"),
            let rate = try variables.scalar(prefix + "srate")
        else {
            throw IngestError(
                .wrongFormat(
                    expected: "a data set of EEGLAB: a variable EEG with data and srate",
                    found: "the variables " + variables.names.prefix(8).joined(separator: ", ")),
                at: SourceLocation(file: file),
                hint: "if it is another MATLAB file, name that format (--format matlab)")
        }
        guard rate.isFinite, rate > 0 else {
            throw IngestError(
                .inconsistent(expected: "a rate above 0", found: "\(rate)"),
                at: SourceLocation(file: file, object: prefix + "srate"),
                hint: "say the rate (--rate)")
        }
        hertz = rate
        let trials = try variables.scalar(prefix + "trials") ?? 1
        guard trials <= 1 else {
            throw IngestError(
                .unsupported(feature: "a data set of \(trials.brief) epochs"),
                at: SourceLocation(file: file, object: prefix + "data"),
                hint: "save the continuous data set, before epochs are cut out of it")
        }
        (samples, channelCount, sampleCount, warnings) = try Self.samples(
            variables, prefix, url: url)
        guard channelCount <= Self.mostChannels else {
            throw IngestError(
                .unsupported(feature: "a data set of \(channelCount, of: "channel")"),
                at: SourceLocation(file: file, object: prefix + "data"))
        }
        let located = try variables.structs(prefix + "chanlocs", ["labels", "type"]) ?? []
        channels =
            located.count == channelCount
            ? located.map { ($0[0].name ?? "", $0[1].name ?? "") }
            : Array(repeating: ("", ""), count: channelCount)
        let found =
            try variables.structs(prefix + "event", ["type", "latency", "duration"]) ?? []
        events = found.compactMap { values in
            guard let type = values[0].name, let latency = values[1].number, latency.isFinite,
                abs(latency) < 1e12
            else { return nil }
            let duration = values[2].number.flatMap { $0.isFinite && $0 > 1 ? $0 : nil }
            return Event(type: type, latency: latency, duration: duration)
        }
    }

    /// The files that it consists of.
    static func files(of url: URL) throws(IngestError) -> [URL] {
        if case .beside(let data) = try EEGLABFile(url).samples { return [url, data] }
        return [url]
    }

    private static func samples(
        _ variables: any MATLABFile, _ prefix: String, url: URL
    ) throws(IngestError) -> (Samples, channels: Int, samples: Int, warnings: [IngestWarning]) {
        let object = prefix + "data"
        let place = SourceLocation(file: url.relativePath, object: object)
        guard let name = try variables.text(object) else {
            guard let shape = try variables.shape(of: object), shape.count == 2,
                shape[0] > 0, shape[1] > 0
            else {
                throw IngestError(
                    .noSamples(found: "a data set without a matrix of channels and samples"),
                    at: place, hint: "save the data set with its data, or with the .fdt beside it")
            }
            return (.inside(object), shape[0], shape[1], [])
        }
        guard let channels = try count(variables, prefix + "nbchan", url),
            let points = try count(variables, prefix + "pnts", url)
        else {
            throw IngestError(
                .missingColumn(name: prefix + "nbchan", found: variables.names), at: place,
                hint: "the data set was not saved by EEGLAB; save it again")
        }
        let data = try dataFile(named: name, beside: url, at: place)
        let source = try PositionedFile(data)
        let (values, isBeyond) = channels.multipliedReportingOverflow(by: points)
        let rowBytes = 4 * channels
        let whole = source.byteCount / rowBytes
        guard !isBeyond, values < Int.max / 4, whole > 0, whole >= points - whole else {
            throw IngestError(
                .inconsistent(
                    expected: "\(points, of: "sample") of \(channels, of: "channel"), "
                        + "\(rowBytes) bytes each",
                    found: "\(source.byteCount, of: "byte")"),
                at: SourceLocation(file: data.relativePath),
                hint: "most of the file is missing, or it belongs to another data set")
        }
        var warnings: [IngestWarning] = []
        if whole != points || !source.byteCount.isMultiple(of: rowBytes) {
            warnings.append(
                IngestWarning(
                    .truncated, at: SourceLocation(file: data.relativePath),
                    message: "the data set says \(points, of: "sample"), the file has "
                        + "\(source.byteCount, of: "byte"): \(min(whole, points)) were read"))
        }
        return (.beside(data), channels, min(whole, points), warnings)
    }

    private static func count(
        _ variables: any MATLABFile, _ object: String, _ url: URL
    ) throws(IngestError) -> Int? {
        guard let number = try variables.scalar(object) else { return nil }
        guard let count = Int(exactly: number), (1...Int(Int32.max)).contains(count) else {
            throw IngestError(
                .malformed(expected: "a whole number above 0", found: "\(number)"),
                at: SourceLocation(file: url.relativePath, object: object))
        }
        return count
    }

    /// The file of the samples: of the name that the data set gives, or, when both were renamed, of
    /// the data set's own. Never one in another folder.
    private static func dataFile(
        named name: String, beside url: URL, at place: SourceLocation
    ) throws(IngestError) -> URL {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        let stem = url.deletingPathExtension().lastPathComponent
        let folder = url.deletingLastPathComponent()
        var candidates = ["\(stem).fdt"]
        if let last, last != ".", last != ".." { candidates.insert(last, at: 0) }
        for candidate in candidates where candidate.lowercased().hasSuffix(".fdt") {
            let file = folder.appending(path: candidate)
            if FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) {
                return file
            }
        }
        if last?.lowercased().hasSuffix(".dat") == true {
            throw IngestError(
                .unsupported(feature: "samples in a file .dat, channel after channel"), at: place,
                hint: "load the data set in EEGLAB and save it again: that writes .fdt")
        }
        throw IngestError(
            .unreadable(reason: "the file of its samples, \(candidates[0]), is not beside it"),
            at: place, hint: "copy the .fdt into the folder of the .set")
    }
}
