/// A continuous quantity that was measured along with a recording, such as the angles of joints:
/// what a regression should put out.
public struct TargetTrack: Sendable, Hashable {
    /// What it is.
    public let description: TargetDescription
    /// The values, `[samples × dimensions]`, in the track's unit; not a number where the quantity
    /// is not known.
    public let values: SampleMatrix

    /// Creates a track.
    ///
    /// - Parameters:
    ///   - description: What it is.
    ///   - values: The values, with as many columns as the track has dimensions.
    public init(_ description: TargetDescription, values: SampleMatrix) {
        precondition(
            values.channelCount == description.dimensions.count,
            "\(values.channelCount) columns for \(description.dimensions.count) dimensions")
        self.description = description
        self.values = values
    }
}

extension TargetTrack {
    /// Whether two tracks have the same values, bit by bit: what is unknown in both is the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.description == right.description
            && left.values.values.count == right.values.values.count
            && zip(left.values.values, right.values.values).allSatisfy {
                $0.bitPattern == $1.bitPattern
            }
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(description)
        for value in values.values { hasher.combine(value.bitPattern) }
    }
}

/// What a target track is.
public struct TargetDescription: Sendable, Hashable {
    /// The name, unique within a recording, for example `joint_angles`.
    public let name: String
    /// The physical unit, for example `rad`; empty when nothing says it.
    public let unit: String
    /// The name of each dimension, at least one, for example `thumb_flexion`.
    public let dimensions: [String]

    /// The most dimensions that all tracks of a recording have together.
    public static let mostDimensions = 4_096

    /// Creates a description from names that can stand in a path.
    ///
    /// - Parameters:
    ///   - name: The track's name.
    ///   - unit: The unit of its values; empty when nothing says it.
    ///   - dimensions: The name of each dimension; at least one, no two alike.
    /// - Throws: ``SignalError`` when a name cannot be one, or there is no dimension.
    public init(name: String, unit: String = "", dimensions: [String]) throws(SignalError) {
        try RecordingIdentity.check(name, part: "target")
        for dimension in dimensions { try RecordingIdentity.check(dimension, part: "dimension") }
        guard !dimensions.isEmpty, Set(dimensions).count == dimensions.count else {
            throw SignalError(
                .lengthMismatch(
                    what: "different dimensions of target \(name)",
                    expected: max(1, dimensions.count), found: Set(dimensions).count),
                hint: "name each dimension of a target by its own name")
        }
        self.name = name
        self.unit = unit
        self.dimensions = dimensions
    }

    /// The name of each column: `name/dimension`, or the track's name alone when it has one
    /// dimension of that name.
    public var columnNames: [String] {
        dimensions == [name] ? [name] : dimensions.map { "\(name)/\($0)" }
    }
}

extension [TargetDescription] {
    /// How many numbers all tracks have together in a row.
    public var width: Int { reduce(0) { $0 + $1.dimensions.count } }

    /// The columns that each track has in a row of all of them.
    package var columns: [Range<Int>] {
        var start = 0
        return map { track in
            defer { start += track.dimensions.count }
            return start..<start + track.dimensions.count
        }
    }

    /// Takes rows of all tracks apart.
    ///
    /// - Parameter rows: Row-major, ``width`` numbers a row.
    /// - Returns: The numbers of each track, row-major.
    package func parts(of rows: [Float]) -> [[Float]] {
        guard count > 1 else { return isEmpty ? [] : [rows] }
        let width = width
        return columns.map { columns in
            var part: [Float] = []
            part.reserveCapacity(rows.count / Swift.max(1, width) * columns.count)
            for start in stride(from: 0, to: rows.count, by: width) {
                part += rows[start + columns.lowerBound..<start + columns.upperBound]
            }
            return part
        }
    }

    /// Puts rows of tracks together.
    ///
    /// - Parameter parts: The numbers of each track, row-major, all of as many rows.
    /// - Returns: Row-major, ``width`` numbers a row.
    package func rows(of parts: [[Float]]) -> [Float] {
        guard count > 1 else { return parts.first ?? [] }
        let rowCount = parts[0].count / self[0].dimensions.count
        var rows: [Float] = []
        rows.reserveCapacity(rowCount * width)
        for row in 0..<rowCount {
            for (track, part) in zip(self, parts) {
                let size = track.dimensions.count
                rows += part[row * size..<(row + 1) * size]
            }
        }
        return rows
    }
}

extension [TargetTrack] {
    /// The tracks of rows in which all of them stand together.
    package init(_ descriptions: [TargetDescription], rows: [Float]) {
        self = zip(descriptions, descriptions.parts(of: rows)).map { description, part in
            TargetTrack(
                description,
                values: SampleMatrix(values: part, channelCount: description.dimensions.count))
        }
    }

    /// Rows in which all tracks stand together.
    package func rows(_ range: Range<Int>) -> [Float] {
        map(\.description).rows(
            of: map { track in
                let width = track.values.channelCount
                return Array<Float>(
                    track.values.values[range.lowerBound * width..<range.upperBound * width])
            })
    }
}
