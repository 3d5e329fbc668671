private import Documents
private import Files
package import Foundation
private import PrintableText

/// The points of a sweep in order, as `sweep.json` in the sweep's folder tells them.
package struct SweepList: Sendable, Hashable {
    /// What varies.
    package let keys: [String]
    /// The points.
    package let points: [SweepPoint]

    private static let format = "myotask.sweep"
    private static let fileName = "sweep.json"

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - keys: What varies.
    ///   - points: The points.
    /// - Throws: ``ExperimentError`` when two points are the same run.
    package init(keys: [String], points: [SweepPoint]) throws(ExperimentError) {
        var seen: [String: SweepPoint] = [:]
        for point in points {
            if let other = seen.updateValue(point, forKey: point.id) {
                throw ExperimentError(
                    .invalid(
                        expected: "points that differ",
                        found: "the same settings for "
                            + "\(other.values.joined(separator: ", ")) and "
                            + point.values.joined(separator: ", ")),
                    at: "the sweep", hint: "leave one of the two out")
            }
        }
        self.keys = keys
        self.points = points
    }

    /// Whether a folder has a list.
    static func isThere(in folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: fileName).path(percentEncoded: false))
    }

    /// Reads the list of a sweep's folder.
    ///
    /// - Parameter folder: The folder.
    /// - Returns: The list.
    /// - Throws: ``ExperimentError`` when there is none, or `DocumentError` when it is damaged.
    package static func read(in folder: URL) throws -> SweepList {
        let url = folder.appending(path: Self.fileName)
        guard Self.isThere(in: folder) else {
            throw ExperimentError(
                .missing("a sweep (\(Self.fileName))"), at: folder.path(percentEncoded: false),
                hint: "name the output folder of a sweep")
        }
        let object = try Document(contentsOf: url).cursor.object(allowing: [
            "format", "format_version", "keys", "points",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"")
        }
        _ = try object.required("format_version").integer(in: 1...1)
        let keys = try object.required("keys").array().map { try $0.string() }
        let points = try object.required("points").array().map { cursor in
            let object = try cursor.object(allowing: ["id", "folder", "values"])
            let place = try object.required("folder")
            let name = try place.string()
            guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else {
                throw place.error(expected: "a folder's name")
            }
            let list = try object.required("values")
            let values = try list.array().map { try $0.string() }
            guard values.count == keys.count else {
                throw list.error(expected: "\(keys.count, of: "value")")
            }
            return SweepPoint(
                id: try object.required("id").string(), folder: name, values: values)
        }
        return try SweepList(keys: keys, points: points)
    }

    /// Reads the points of several folders of one sweep into one list.
    ///
    /// - Parameter folders: The folders, at least one.
    /// - Returns: The points of all folders, each once.
    /// - Throws: ``ExperimentError`` when they vary other settings.
    package static func read(merging folders: [URL]) throws -> SweepList {
        let lists = try folders.map { try SweepList.read(in: $0) }
        for (list, folder) in zip(lists, folders) where list.keys != lists[0].keys {
            throw ExperimentError(
                .invalid(
                    expected: "a sweep over \(lists[0].keys.joined(separator: ", "))",
                    found: list.keys.joined(separator: ", ")),
                at: folder.path(percentEncoded: false),
                hint: "collect the folders of one sweep at a time")
        }
        var seen: Set<String> = []
        return try SweepList(
            keys: lists[0].keys,
            points: lists.flatMap(\.points).filter { seen.insert($0.id).inserted })
    }

    /// Writes the list into the sweep's folder.
    package func write(to folder: URL) throws {
        let list = DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "keys": .strings(keys),
            "points": .array(
                points.map { point in
                    .object([
                        "id": .string(point.id), "folder": .string(point.folder),
                        "values": .strings(point.values),
                    ])
                }),
        ])
        let text = list.json(
            .indented(onOneLine: ["keys", "points.*"], continuing: ["format_version"]))
        try AtomicFile.write(text, to: folder.appending(path: Self.fileName))
    }
}
