public import Documents
public import EMGArchive
internal import EMGSignal

/// How the targets of a window's samples become its own.
public typealias TargetRule = CollectionManifest.Targets.Rule

/// Which continuous quantities of recordings become the targets of a collection's windows.
///
/// ```yaml
/// targets: {columns: [joint_angles, "wrist/*"], rule: last}
/// ```
public struct TargetSelection: Described, Hashable {
    /// Names or patterns (`*`, `?`) of tracks, which mean all their dimensions, or of columns as
    /// `track/dimension`.
    public var columns: [String]
    /// How the targets of a window's samples become its own.
    public var rule: TargetRule

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - columns: Names or patterns of tracks or columns, in the collection's order.
    ///   - rule: How the targets of a window's samples become its own.
    public init(columns: [String], rule: TargetRule = .last) {
        self.columns = columns
        self.rule = rule
    }

    /// Creates a selection whose columns are still to be set.
    public init() {
        self.init(columns: [])
    }

    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "columns", \.columns, .someNames("at least one target"),
            "Names or patterns of target tracks, which mean all their dimensions, or of columns as "
                + "track/dimension.", isRequired: true),
        Field(
            "rule", \.rule, .choice,
            "Whether a window's targets are those of its `last` or middle (`center`) sample, or "
                + "the `mean` of all."),
    ]

    /// The chosen columns of a recording.
    ///
    /// - Throws: ``TaskError`` for a name that fits nothing, or a column that is chosen twice.
    func chosen(of header: RecordingHeader) throws(TaskError) -> ChosenTargets {
        var columns: [ChosenTargets.Column] = []
        let all = header.targets.flatMap(\.columnNames)
        for pattern in self.columns {
            var found: [ChosenTargets.Column] = []
            for (track, target) in header.targets.enumerated() {
                let isWhole = NamePattern.matches(target.name, pattern: pattern)
                for (dimension, name) in target.columnNames.enumerated()
                where isWhole || NamePattern.matches(name, pattern: pattern) {
                    found.append(
                        ChosenTargets.Column(
                            track: track, dimension: dimension,
                            stated: CollectionManifest.Targets.Column(
                                name: name, unit: target.unit)))
                }
            }
            guard !found.isEmpty else {
                throw TaskError(
                    .mismatch(
                        what: "target", expected: "\"\(pattern)\"",
                        found: all.isEmpty ? "no targets" : all.joined(separator: ", ")),
                    subject: header.identity.id,
                    hint: "correct \"targets.columns\" or leave the recording out")
            }
            for column in found {
                guard !columns.contains(column) else {
                    throw TaskError(
                        .mismatch(
                            what: "target", expected: "each target once",
                            found: "\(column.stated.name) twice"),
                        subject: header.identity.id, hint: "correct \"targets.columns\"")
                }
                columns.append(column)
            }
        }
        return ChosenTargets(columns: columns, rule: rule)
    }
}

/// The targets of a recording that become a collection's.
struct ChosenTargets: Sendable, Hashable {
    /// One number.
    struct Column: Sendable, Hashable {
        let track: Int
        let dimension: Int
        let stated: CollectionManifest.Targets.Column
    }

    let columns: [Column]
    let rule: TargetRule

    /// The targets as a manifest tells them.
    var stated: CollectionManifest.Targets {
        CollectionManifest.Targets(columns: columns.map(\.stated), rule: rule)
    }

    /// The windows whose targets are known, with these.
    ///
    /// - Parameters:
    ///   - windows: Windows of the recording.
    ///   - length: Samples of a window.
    ///   - tracks: The recording's target tracks.
    /// - Returns: Windows and their targets, `[windows × columns]`. A window of which a target is
    ///   not a number is left out: nothing can be learned from it.
    func windows(
        _ windows: LabeledWindows, length: Int, of tracks: [TargetTrack]
    ) -> (windows: LabeledWindows, targets: [Float]) {
        let sums = rule == .mean ? columns.map { Sums($0, tracks) } : []
        var result = LabeledWindows(starts: [], labels: [])
        var targets: [Float] = []
        targets.reserveCapacity(windows.count * columns.count)
        for (start, label) in zip(windows.starts, windows.labels) {
            let row: [Float] =
                switch rule {
                case .last: values(at: start + length - 1, tracks)
                case .center: values(at: start + length / 2, tracks)
                case .mean: sums.map { $0.mean(start..<start + length) }
                }
            guard row.allSatisfy(\.isFinite) else { continue }
            result.starts.append(start)
            result.labels.append(label)
            targets += row
        }
        return (result, targets)
    }

    private func values(at sample: Int, _ tracks: [TargetTrack]) -> [Float] {
        columns.map { tracks[$0.track].values[sample, $0.dimension] }
    }

    /// Sums from the start of a recording, from which the mean of any window is one difference.
    private struct Sums {
        /// Before each sample, in whole units.
        private var sums: [Int]
        /// How many values before each sample are not numbers.
        private var unknown: [Int]
        private let unit: Double

        init(_ column: Column, _ tracks: [TargetTrack]) {
            let values = tracks[column.track].values
            let numbers = (0..<values.sampleCount).map { values[$0, column.dimension] }
            let largest = numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
            // Whole multiples of a power of two below the largest magnitude times 2⁻³⁸: sums of
            // them are exact, and those of a window of up to 2²³ samples fit in an Int.
            unit =
                largest > 0
                ? Double(sign: .plus, exponent: Int(largest.exponent) - 38, significand: 1) : 1
            sums = [0]
            unknown = [0]
            sums.reserveCapacity(numbers.count + 1)
            unknown.reserveCapacity(numbers.count + 1)
            var (sum, missing) = (0, 0)
            for number in numbers {
                if number.isFinite {
                    sum &+= Int((Double(number) / unit).rounded())
                } else {
                    missing += 1
                }
                sums.append(sum)
                unknown.append(missing)
            }
        }

        func mean(_ window: Range<Int>) -> Float {
            guard unknown[window.upperBound] == unknown[window.lowerBound] else { return .nan }
            // A sum that has wrapped round is right again in the difference.
            let sum = sums[window.upperBound] &- sums[window.lowerBound]
            return Float(Double(sum) * unit / Double(window.count))
        }
    }
}
