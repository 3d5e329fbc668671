private import Documents
private import EMGArchive
public import Foundation
internal import HDF5
private import PrintableText

/// An opened collection of labeled arrays: its manifest, checked, and its samples.
///
/// ```swift
/// let collection = try ArrayCollection.open(URL(filePath: "omniglot.json"))
/// print(collection.manifest.classes.count)
/// ```
///
/// Its file stays open, samples are read when they are needed, and it may be used by several threads
/// at once.
public struct ArrayCollection: Sendable {
    /// The manifest.
    public let manifest: ArrayManifest
    /// The manifest's file.
    package let manifestURL: URL
    /// The samples' file.
    package let fileURL: URL

    private let file: OpenFile
    /// The rows of each class or task, in order.
    let rows: [[Int32]]

    /// Opens a collection.
    ///
    /// - Parameter url: The manifest, `NAME.json`; `NAME` will do where there is no such file.
    /// - Returns: The collection, whose file has the digest that the manifest says.
    /// - Throws: `DocumentError` for a fault in the manifest, ``ArrayError`` when the samples are
    ///   not there or not those of the manifest.
    public static func open(_ url: URL) throws -> ArrayCollection {
        try open(url, checksHash: true)
    }

    /// Opens a collection whose file may be damaged.
    package static func open(_ url: URL, checksHash: Bool) throws -> ArrayCollection {
        let url = CollectionManifest.file(named: url)
        let manifest = try ArrayManifest(contentsOf: url)
        let fileURL = url.deletingLastPathComponent().appending(
            path: manifest.file.path, directoryHint: .notDirectory)
        let name = fileURL.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: name) else {
            throw ArrayError(
                .fileSystem(reason: "is not there"), at: name,
                hint: "keep the samples beside their manifest")
        }
        if checksHash {
            let found = try FileDigest(of: fileURL)
            guard found.sha256 == manifest.file.sha256 else {
                throw ArrayError(
                    .hashMismatch(expected: manifest.file.sha256, found: found.sha256), at: name,
                    hint: Self.mismatchHint)
            }
        }
        do throws(HDF5Error) {
            return try ArrayCollection(manifest, at: url, fileURL)
        } catch {
            throw ArrayError(error)
        }
    }

    private init(_ manifest: ArrayManifest, at url: URL, _ fileURL: URL) throws(HDF5Error) {
        self.manifest = manifest
        manifestURL = url
        self.fileURL = fileURL
        let file = try OpenFile.reading(fileURL)
        let (format, version) = try file.step { (file) throws(HDF5Error) in
            guard try file.hasAttribute("format", of: "/") else { return ("", 0) }
            return (
                try file.text("format", of: "/"),
                Int(try file.number("format_version", of: "/", as: Int64.self))
            )
        }
        guard format == DatasetNames.format, version == DatasetNames.formatVersion else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "\(DatasetNames.format), version \(DatasetNames.formatVersion)",
                    found: format.isEmpty ? "another file" : "\(format), version \(version)"),
                at: file.place, hint: Self.mismatchHint)
        }
        self.file = file
        let labels = try file.dataset(DatasetNames.label)
        let count = manifest.members.reduce(0) { $0 + $1.count }
        try Self.check(labels, has: [count])
        try Self.check(try file.dataset(DatasetNames.samples), has: [count] + manifest.sample.shape)
        if manifest.isRegression {
            try Self.check(
                try file.dataset(DatasetNames.targets), has: [count, manifest.targets.count])
        }
        var rows = manifest.members.map { _ in [Int32]() }
        for (row, label) in try labels.read(as: Int32.self).enumerated() {
            guard rows.indices.contains(Int(label)) else {
                throw HDF5Error(
                    .unexpectedType(
                        expected: "labels below \(rows.count)", found: "\(label) in row \(row)"),
                    at: labels.place, hint: Self.mismatchHint)
            }
            rows[Int(label)].append(Int32(row))
        }
        for (member, own) in zip(manifest.members, rows) where own.count != member.count {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "\(member.count, of: "sample") of \(member.name)",
                    found: "\(own.count)"), at: labels.place, hint: Self.mismatchHint)
        }
        self.rows = rows
    }

    private static func check(_ dataset: OpenDataset, has shape: [Int]) throws(HDF5Error) {
        guard dataset.description.shape == shape else {
            func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " × ") }
            throw HDF5Error(
                .unexpectedShape(expected: text(shape), found: text(dataset.description.shape)),
                at: dataset.place, hint: mismatchHint)
        }
    }

    static let mismatchHint =
        "the file is damaged or belongs to another manifest: build the collection again"

    /// What reads samples.
    ///
    /// - Parameter memoryBudget: Bytes that are kept between uses, as they are stored.
    /// - Returns: The store.
    /// - Throws: ``ArrayError`` when the file cannot be read.
    func store(memoryBudget: Int) throws(ArrayError) -> SampleStore {
        SampleStore(
            try dataset(DatasetNames.samples), manifest.sample, manifest.normalization,
            memoryBudget: memoryBudget)
    }

    /// The stored targets, scaled as a model learns them, `[samples × targets]`.
    func targets() throws(ArrayError) -> [Float] {
        let dataset = try dataset(DatasetNames.targets)
        let stored: [Float]
        do throws(HDF5Error) {
            stored = try dataset.read(as: Float.self)
        } catch {
            throw ArrayError(error)
        }
        let targets = manifest.targets
        return stored.indices.map { place in
            let target = targets[place % targets.count]
            return Float((Double(stored[place]) - target.offset) / target.scale)
        }
    }

    func dataset(_ name: String) throws(ArrayError) -> OpenDataset {
        do throws(HDF5Error) {
            return try file.dataset(name)
        } catch {
            throw ArrayError(error)
        }
    }
}
