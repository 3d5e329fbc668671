internal import EMGSignal
import PrintableText

/// The samples of a MATLAB file, with what the other variables say of them.
final class MATLABStream: RecordingStream {
    /// What the numbers mean.
    struct Meaning {
        let file: String
        let emg: String
        let label: String
        let time: String
        let timeUnit: Double
        let template: SourceTemplate?
        let zeroIsRest: Bool
        let missing: ReadOptions.MissingPolicy
    }

    let metadata: StreamMetadata

    /// The variables that the rows are put together from.
    struct Variables {
        let emg: any MATLABMatrix
        /// One number or text a sample, like repetitions and times.
        let labels: MATLABLabels?
        let repetitions: (any MATLABMatrix)?
        let times: (any MATLABMatrix)?
        let targets: [any MATLABMatrix]
    }

    private let variables: Variables
    private var emg: any MATLABMatrix { variables.emg }
    private let meaning: Meaning
    private let sampleCount: Int
    private var position = 0

    private var classes = ClassCollector()
    private var lastLabel = Double.nan
    private var lastClass: UInt8 = 0
    private var repetitionRuns = MATLABRepetitions()
    private var missingCount = 0
    private var inexactCount = 0

    private static let blockValues = 1 << 16

    /// Begins with the first sample; no matrix has fewer samples than the metadata says, and those
    /// other than `emg` and targets have one number a sample.
    init(
        _ metadata: StreamMetadata, _ variables: Variables, meaning: Meaning
    ) {
        self.metadata = metadata
        self.variables = variables
        self.meaning = meaning
        sampleCount = metadata.sampleCount ?? 0
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let count = min(atMost, sampleCount - position, max(1, Self.blockValues / emg.width))
        guard count > 0 else { return false }
        try appendSamples(count, to: &block)
        switch variables.labels {
        case .numbers(let matrix):
            for (row, value) in try matrix.next(count).enumerated() {
                block.labels.append(try label(value, row: position + row))
            }
        case .texts(let texts):
            for (row, text) in try texts.next(count).enumerated() {
                let name =
                    text.isEmpty
                    ? LabelTrack.unlabeledName : meaning.template?.className(of: text) ?? text
                block.labels.append(try number(of: name, row: position + row))
            }
        case nil: break
        }
        if let times = variables.times {
            for (row, value) in try times.next(count).enumerated() {
                let seconds = value * meaning.timeUnit
                guard seconds.isFinite else {
                    throw IngestError(
                        .missingValue(found: "\(value)"),
                        at: location(meaning.time, row: position + row),
                        hint: "each sample needs its time; leave time out of the template")
                }
                block.timeStamps.append(seconds)
            }
        }
        if let repetitions = variables.repetitions {
            for (row, value) in try repetitions.next(count).enumerated() {
                repetitionRuns.add(value, row: position + row)
            }
        }
        if !variables.targets.isEmpty {
            var parts: [[Float]] = []
            for target in variables.targets {
                parts.append(
                    try target.next(count).map { Float($0).isFinite ? Float($0) : .nan })
            }
            block.targets += metadata.targets.rows(of: parts)
        }
        position += count
        return true
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = StreamNotes()
        if variables.labels != nil {
            let settled = classes.settled()
            notes.classNames = settled.classNames
            notes.labelMap = settled.labelMap
        }
        let place = SourceLocation(file: meaning.file, object: meaning.emg)
        if missingCount > 0 {
            notes.warnings.append(
                IngestWarning(
                    .missingValues, at: place, count: missingCount,
                    message:
                        "\(missingCount, of: "missing sample") "
                        + "\(missingCount == 1 ? "is" : "are") marked"
                ))
        }
        if inexactCount > 0 {
            notes.warnings.append(
                IngestWarning(
                    .inexactValue, at: place, count: inexactCount,
                    message:
                        "\(inexactCount, of: "whole number") above 2^24 "
                        + "\(inexactCount == 1 ? "is" : "are") rounded to single precision"))
        }
        if let runs = repetitionRuns.details(sampleCount: position) {
            notes.details["repetition_runs"] = runs
        }
        return notes
    }

    private func appendSamples(
        _ count: Int, to block: inout RowBlock
    ) throws(IngestError) {
        let width = emg.width
        block.samples.reserveCapacity(block.samples.count + count * width)
        for (index, number) in try emg.next(count).enumerated() {
            let value = Float(number)
            if value.isFinite {
                if number.magnitude > 0x1p24, number == number.rounded(), Double(value) != number {
                    inexactCount += 1
                }
                block.samples.append(value)
                continue
            }
            guard meaning.missing == .markAsMissing else {
                throw IngestError(
                    .missingValue(found: "\(number)"),
                    at: location(
                        meaning.emg, row: position + index / width, column: index % width),
                    hint: IngestError.markMissingHint)
            }
            missingCount += 1
            block.samples.append(.nan)
        }
    }

    private func label(_ value: Double, row: Int) throws(IngestError) -> UInt8 {
        if value == lastLabel { return lastClass }
        guard value == value.rounded(), value.magnitude < 1e9 else {
            throw IngestError(
                .invalidCell(expected: "a whole number as label", found: "\(value)"),
                at: location(meaning.label, row: row),
                hint: "a template names the variable that holds the labels")
        }
        lastClass = try number(of: className(Int(value)), row: row)
        lastLabel = value
        return lastClass
    }

    private func number(of name: String, row: Int) throws(IngestError) -> UInt8 {
        guard let number = classes.number(of: name) else {
            throw IngestError(
                .inconsistent(expected: "at most 256 classes", found: "more labels than that"),
                at: location(meaning.label, row: row),
                hint: "a template names the variable that holds the labels")
        }
        return number
    }

    private func className(_ value: Int) -> String {
        let text = String(value)
        let name = meaning.template?.className(of: text) ?? text
        return value == 0 && meaning.zeroIsRest && name == text ? "rest" : name
    }

    private func location(_ variable: String, row: Int, column: Int? = nil) -> SourceLocation {
        // MATLAB counts from 1.
        SourceLocation(
            file: meaning.file, field: "(\(row + 1), \((column ?? 0) + 1))", object: variable)
    }
}
