public import EMGArchive
internal import EMGSignal

/// Which channels of recordings become those of a collection, in which order.
public struct ChannelMap: Sendable, Hashable {
    /// A grid of electrodes.
    public typealias Grid = CollectionManifest.Grid

    /// By how many electrodes an armband is turned back.
    package struct Rotation: Sendable, Hashable {
        /// Which recordings.
        package var tasks: TaskPattern
        /// How many places: channel *i* gets the signal of the one that many places behind it.
        package var places: Int

        /// Creates a rotation.
        package init(tasks: TaskPattern, places: Int) {
            self.tasks = tasks
            self.places = places
        }
    }

    /// Names or patterns (`*`, `?`) of channels in the collection's order; all of them when
    /// empty.
    public var select: [String]
    /// Rows and columns of the grid that the chosen channels lie on, row by row; `nil` for none.
    public var grid: Grid?
    /// Rotations; the first that fits a recording counts.
    package var rotations: [Rotation]

    /// Creates a map that changes nothing.
    public init() {
        self.init(select: [])
    }

    /// Creates a map.
    package init(select: [String] = [], grid: Grid? = nil, rotations: [Rotation] = []) {
        self.select = select
        self.grid = grid
        self.rotations = rotations
    }

    /// Whether nothing is changed.
    package var isIdentity: Bool { select.isEmpty && rotations.isEmpty && grid == nil }

    /// The columns of a recording that become the collection's.
    ///
    /// - Returns: The column for each channel of the collection, and the channels, which are named
    ///   by their places: a rotation moves signals, not names.
    /// - Throws: ``TaskError`` for a name that fits no channel, or a channel that is chosen twice.
    func columns(
        of header: RecordingHeader
    ) throws(TaskError) -> (columns: [Int], channels: [Channel]) {
        var columns: [Int] = []
        for pattern in select {
            let found = header.channels.indices.filter {
                NamePattern.matches(header.channels[$0].name, pattern: pattern)
            }
            guard !found.isEmpty else {
                throw TaskError(
                    .mismatch(
                        what: "channel", expected: "\"\(pattern)\"",
                        found: header.channels.map(\.name).joined(separator: ", ")),
                    subject: header.identity.id,
                    hint: "correct \"channels.select\" or leave the recording out")
            }
            for column in found {
                guard !columns.contains(column) else {
                    throw TaskError(
                        .mismatch(
                            what: "channel", expected: "each channel once",
                            found: "\(header.channels[column].name) twice"),
                        subject: header.identity.id, hint: "correct \"channels.select\"")
                }
                columns.append(column)
            }
        }
        if select.isEmpty { columns = Array(header.channels.indices) }
        let channels = columns.map { header.channels[$0] }
        if let grid, grid.rows * grid.columns != channels.count {
            throw TaskError(
                .mismatch(
                    what: "channels of a grid", expected: "\(grid.rows) × \(grid.columns)",
                    found: "\(channels.count)"), subject: header.identity.id,
                hint: "correct \"channels.grid\", or select the grid's channels")
        }
        guard let rotation = rotations.first(where: { $0.tasks.fits(header.identity.id) }) else {
            return (columns, channels)
        }
        guard Set(channels.map(\.unit)).count == 1 else {
            throw TaskError(
                .mismatch(
                    what: "units of the channels to rotate", expected: "one unit",
                    found: Set(channels.map(\.unit)).sorted().joined(separator: ", ")),
                subject: header.identity.id, hint: "select the channels of the armband")
        }
        let count = columns.count
        let turned = columns.indices.map { place in
            columns[((place + rotation.places) % count + count) % count]
        }
        return (turned, channels)
    }
}

extension SampleMatrix {
    /// The given columns, in that order.
    func columns(_ columns: [Int]) -> SampleMatrix {
        guard columns != Array(0..<channelCount) else { return self }
        let count = channelCount
        let values = [Float](capacity: sampleCount * columns.count) { output in
            for start in stride(from: 0, to: self.values.count, by: count) {
                for column in columns { output.append(self.values[start + column]) }
            }
        }
        return SampleMatrix(values: values, channelCount: columns.count)
    }

    /// The samples with 0 in the place of those of some channels.
    func silencing(_ channels: [Int]) -> SampleMatrix {
        guard !channels.isEmpty else { return self }
        var result = self
        for channel in channels {
            for sample in 0..<sampleCount { result[sample, channel] = 0 }
        }
        return result
    }
}
