internal import EMGSignal
internal import Foundation
import PrintableText

/// Chooses the variables of a recording and makes sure that they fit together.
struct MATLABOpening {
    let file: any MATLABFile
    let url: URL
    let layout: MATLABLayout
    let template: SourceTemplate?
    let options: ReadOptions

    /// No array has more electrodes; each takes some memory of its own.
    private static let mostChannels = 1_024

    /// One number a sample.
    private struct Track {
        let name: String
        let matrix: any MATLABMatrix
    }

    func stream() throws(IngestError) -> MATLABStream {
        var warnings: [IngestWarning] = []
        guard let shape = try shape(of: layout.emg) else { throw missing(layout.emg) }
        guard !shape.contains(0) else {
            throw IngestError(
                .noSamples(found: "\(layout.emg) is empty"), at: location(layout.emg),
                hint: "not every exercise of a database has EMG (Ninapro's DB9 has none)")
        }
        let labels = try labels()
        if let labels, labels.name != layout.labels.first {
            warnings.append(
                IngestWarning(
                    .assumption, at: location(labels.name),
                    message: "there is no restimulus: the labels are those of \(labels.name), the "
                        + "cue, which the movement follows some tenths of a second later"))
        }
        let repetitions = try track(layout.repetitions, mustBeThere: layout.repetition != nil)
        let times = try track(layout.time.map { [$0] } ?? [], mustBeThere: true)
        let isTurned = try samplesAreColumns(
            shape, labels: labels?.track.sampleCount, warnings: &warnings)
        let emg = try samples(of: shape, areColumns: isTurned)
        let targets = try targets(samples: emg.matrix.sampleCount, warnings: &warnings)
        let others = [repetitions, times].compactMap(\.self) + targets.map(\.track)
        let lengths =
            [(emg.name, emg.matrix.sampleCount)]
            + [labels.map { ($0.name, $0.track.sampleCount) }].compactMap(\.self)
            + others.map { ($0.name, $0.matrix.sampleCount) }
        let length = try CommonLength.of(lengths, at: location(layout.emg))
        if let warning = length.warning { warnings.append(warning) }
        if template == nil {
            warnings += lookAlikes(read: lengths.map(\.0))
        }

        let unit = template?.unit ?? options.unit
        var metadata = StreamMetadata(
            channels: (0..<(isTurned ? shape[0] : shape[1])).map {
                Channel(name: "emg\($0)", unit: unit)
            },
            rate: try rate(), labels: labels == nil ? .none : .knownAtEnd,
            hasTimeStamps: times != nil, sampleCount: length.count,
            details: details(
                labels: labels?.name, repetitions: repetitions?.name, isTurned: isTurned))
        metadata.warnings = warnings
        metadata.targets = targets.map(\.description)
        return MATLABStream(
            metadata,
            MATLABStream.Variables(
                emg: emg.matrix, labels: labels?.track, repetitions: repetitions?.matrix,
                times: times?.matrix, targets: targets.map(\.track.matrix)),
            meaning: MATLABStream.Meaning(
                file: url.relativePath, emg: layout.emg, label: labels?.name ?? "",
                time: layout.time ?? "", timeUnit: layout.timeUnit, template: template,
                // Ninapro's 0 is the rest between movements, in any of its databases.
                zeroIsRest: layout.label == nil, missing: options.missing))
    }

    /// The samples, of no more channels than there can be electrodes.
    private func samples(of shape: [Int], areColumns: Bool) throws(IngestError) -> Track {
        let width = areColumns ? shape[0] : shape[1]
        guard width <= Self.mostChannels else {
            throw IngestError(
                .inconsistent(
                    expected: "at most \(Self.mostChannels) channels", found: "\(width)"),
                at: location(layout.emg),
                hint: "if samples are columns, say so in a template (matlab: {samples: columns})")
        }
        return Track(
            name: layout.emg,
            matrix: try file.matrix(layout.emg, samplesAreColumns: areColumns))
    }

    /// What the history tells of the variables.
    private func details(
        labels: String?, repetitions: String?, isTurned: Bool
    ) -> [String: ProcessingStep.Value] {
        var details: [String: ProcessingStep.Value] = ["emg_variable": .text(layout.emg)]
        if let labels { details["label_variable"] = .text(labels) }
        if let repetitions { details["repetition_variable"] = .text(repetitions) }
        if isTurned { details["samples_are_columns"] = .flag(true) }
        if let template {
            details["template"] = .text(template.name)
            details["template_sha256"] = .text(template.digest)
        }
        return details
    }

    // MARK: - Variables

    /// The first variable there is that holds a number or a text for each sample.
    private func labels() throws(IngestError) -> (name: String, track: MATLABLabels)? {
        for name in layout.labels {
            if let texts = try file.texts(name) { return (name, .texts(texts)) }
            if let track = try track([name], mustBeThere: false) {
                return (name, .numbers(track.matrix))
            }
        }
        if let name = layout.label { throw missing(name) }
        return nil
    }

    /// The targets; those that no template names may be missing or of another length.
    private func targets(
        samples: Int, warnings: inout [IngestWarning]
    ) throws(IngestError) -> [(description: TargetDescription, track: Track)] {
        let mustBeThere = layout.namedTargets != nil
        var result: [(TargetDescription, Track)] = []
        for target in layout.targets {
            let name = target.places[0]
            guard let shape = try shape(of: name), !shape.contains(0) else {
                if mustBeThere { throw missing(name) }
                continue
            }
            let isTurned = abs(shape[1] - samples) < abs(shape[0] - samples)
            let matrix = try file.matrix(name, samplesAreColumns: isTurned)
            if !mustBeThere, !CommonLength.agree(matrix.sampleCount, samples) {
                warnings.append(
                    IngestWarning(
                        .partLeftOut, at: location(name),
                        message: "\(name) (\(shape[0]) × \(shape[1])) is not read: there are "
                            + "\(samples, of: "sample"); a template names targets"))
                continue
            }
            let names = TargetDescription.names(target.name, count: matrix.width)
            result.append(
                (
                    try target.description(names, at: location(name)),
                    Track(name: name, matrix: matrix)
                ))
        }
        return result
    }

    /// The extents of a matrix; `nil` when there is none.
    private func shape(of path: String) throws(IngestError) -> [Int]? {
        guard let shape = try file.shape(of: path) else { return nil }
        guard shape.count == 2 else {
            throw IngestError(
                .unsupported(
                    feature: "an array of \(shape.count, of: "dimension") in place of a matrix"),
                at: location(path),
                hint: "a template names a matrix, samples × channels (matlab: {emg: NAME})")
        }
        return shape
    }

    /// The first variable there is that holds one number a sample; an empty one counts as none.
    private func track(_ names: [String], mustBeThere: Bool) throws(IngestError) -> Track? {
        for name in names {
            guard let shape = try shape(of: name), !shape.contains(0) else { continue }
            guard shape.contains(1) else {
                throw IngestError(
                    .inconsistent(
                        expected: "one number for each sample",
                        found: "a matrix of \(shape[0]) × \(shape[1])"), at: location(name),
                    hint: "a template names a variable with one number for each sample")
            }
            let isRow = shape[0] == 1
            return Track(name: name, matrix: try file.matrix(name, samplesAreColumns: isRow))
        }
        if mustBeThere, let first = names.first { throw missing(first) }
        return nil
    }

    private func samplesAreColumns(
        _ shape: [Int], labels: Int?, warnings: inout [IngestWarning]
    ) throws(IngestError) -> Bool {
        if let stated = layout.samplesAreColumns { return stated }
        guard shape[1] > shape[0] else { return false }
        if let labels, labels == shape[1], labels != shape[0] {
            warnings.append(
                IngestWarning(
                    .assumption, at: location(layout.emg),
                    message: "samples are assumed to be columns: there are as many labels"))
            return true
        }
        if shape[0] > 1, labels != shape[0] {
            throw IngestError(
                .inconsistent(
                    expected: "more samples than channels",
                    found: "a matrix of \(shape[0]) × \(shape[1])"), at: location(layout.emg),
                hint: "say in a template what they are (matlab: {samples: columns}, or rows)")
        }
        return false
    }

    /// What is said of variables that have the name of labels, times or targets elsewhere.
    private func lookAlikes(read: [String]) -> [IngestWarning] {
        file.names.filter { Self.knownNames.contains($0.lowercased()) && !read.contains($0) }.map {
            name in
            let shape = ((try? file.shape(of: name)) ?? nil).map { " (\($0[0]) × \($0[1]))" } ?? ""
            return IngestWarning(
                .partLeftOut, at: location(name),
                message: "\(name)\(shape) is not read: without a template the names are "
                    + "Ninapro's; one names it (matlab: {label: \(name)}, time or targets)")
        }
    }

    private static let knownNames: Set<String> = [
        "label", "labels", "gt", "gesture", "gestures", "class", "classes", "y", "time", "times",
        "t", "timestamps", "target", "targets", "angles", "force",
    ]

    private func rate() throws(IngestError) -> StreamMetadata.Rate {
        if let rate = template?.rate { return .declared(rate, by: "template") }
        for name in layout.rates {
            guard let shape = try? file.shape(of: name), shape == [1, 1] else { continue }
            guard let hertz = try file.scalar(name) else { continue }
            do throws(SignalError) {
                return .declared(try SamplingRate(hertz: hertz), by: "variable \(name)")
            } catch {
                throw IngestError(
                    .unknownRate(reason: "\(hertz) Hz in \(name) is not plausible"),
                    at: location(name), hint: error.hint)
            }
        }
        if let name = layout.rate { throw missing(name) }
        return .unknown(
            reason: "there is no variable frequency or fs (of Ninapro's databases, DB1 has "
                + "100 Hz RMS, DB2 2000 Hz, DB5 200 Hz)")
    }

    private func location(_ variable: String) -> SourceLocation {
        SourceLocation(file: url.relativePath, object: variable)
    }

    private func missing(_ name: String) -> IngestError {
        IngestError(
            .missingVariable(name, found: file.names), at: SourceLocation(file: url.relativePath),
            hint: "name it in a template (matlab: {emg: NAME}); fields of structs as data.emg, "
                + "elements as trials(1).emg or Data{1}")
    }
}

extension IngestError.Kind {
    fileprivate static func missingVariable(_ name: String, found: [String]) -> Self {
        .inconsistent(
            expected: "a variable \"\(name)\"",
            found: found.isEmpty
                ? "no variables" : "only " + found.prefix(20).joined(separator: ", "))
    }
}
