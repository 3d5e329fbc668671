public import Documents
import EMGSignal
public import Foundation
import HDF5

/// An opened collection: its manifest, checked, and its tensors, read task by task.
///
/// It holds no open file and may be used by several threads at once.
public struct CollectionFile: Sendable, Hashable {
    /// The manifest.
    public let manifest: CollectionManifest
    /// The manifest's file.
    package let manifestURL: URL
    /// The tensors' file.
    package let tensorsURL: URL

    private let indices: [String: Int]

    private init(manifest: CollectionManifest, manifestURL: URL) {
        self.manifest = manifest
        self.manifestURL = manifestURL
        tensorsURL = manifest.tensorsURL(manifest: manifestURL)
        indices = Dictionary(
            manifest.tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// Opens a collection.
    ///
    /// - Parameters:
    ///   - url: The manifest, `NAME.json`; `NAME` will do where there is no such file.
    ///   - kinds: What packages outside have added to the kinds that the manifest may name.
    /// - Returns: The collection.
    /// - Throws: `DocumentError` for a fault in the manifest, ``ArchiveError`` when the tensors are
    ///   not there, have another size than the manifest says, or are not tensors.
    public static func open(_ url: URL, kinds: Kinds = Kinds()) throws -> CollectionFile {
        let url = CollectionManifest.file(named: url)
        let collection = CollectionFile(
            manifest: try CollectionManifest(contentsOf: url, kinds: kinds), manifestURL: url)
        try collection.checkFile()
        return collection
    }

    /// What is allowed in the manifest but probably not meant.
    public var warnings: [ManifestWarning] { manifest.warnings }

    /// Makes sure that the tensors' file has the SHA-256 that the manifest says.
    ///
    /// ``tensors(for:)`` checks each task by itself; this also covers what no task uses.
    ///
    /// - Throws: ``ArchiveError`` when it has not.
    public func verifyHashes() throws(ArchiveError) {
        try verifyFileHash()
        for task in manifest.tasks { _ = try tensors(for: task.id) }
    }

    /// Makes sure that the tensors' file as a whole has the SHA-256 that the manifest says.
    ///
    /// - Throws: ``ArchiveError`` when it has not.
    package func verifyFileHash() throws(ArchiveError) {
        let (sha256, _) = try Hash.ofFile(tensorsURL)
        guard sha256 == manifest.tensors.sha256 else {
            throw ArchiveError(
                .hashMismatch(expected: manifest.tensors.sha256, found: sha256), at: place(),
                hint: Self.mismatchHint)
        }
    }

    /// Reads a task.
    ///
    /// - Parameter id: A task of the manifest.
    /// - Returns: Its signal and windows, which have the hash that the manifest says and lie within
    ///   the ranges it gives.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    public func tensors(for id: String) throws(ArchiveError) -> TaskTensors {
        try tensors(for: id, checksHash: true)
    }

    /// Reads a task whose hash may have been checked before.
    func tensors(for id: String, checksHash: Bool) throws(ArchiveError) -> TaskTensors {
        guard let index = indices[id] else {
            throw ArchiveError(
                .invalid(expected: "the id of a task", found: id), at: place(),
                hint: "the manifest lists the tasks")
        }
        let task = manifest.tasks[index]
        let stored: StoredTask
        do throws(HDF5Error) {
            stored = try File.reading(tensorsURL) { (file) throws(HDF5Error) in
                try StoredTask(
                    file, group: task.tensor.path, hasTargets: manifest.targets != nil,
                    hasEarlier: task.earlier != nil)
            }
        } catch {
            throw ArchiveError(error)
        }
        let audit = TaskAudit(
            task: task, manifest: manifest, file: tensorsURL.path(percentEncoded: false),
            checksHash: checksHash)
        return try audit.tensors(stored)
    }

    /// How many bytes a task's signal takes in memory, by the manifest; `nil` for an unknown task.
    func byteCount(of id: String) -> Int? {
        indices[id].map {
            manifest.tasks[$0].sampleCount * manifest.channels.count * MemoryLayout<Float>.size
        }
    }

    static let mismatchHint =
        "the file is damaged or belongs to another manifest: build the collection again"

    private func place(_ object: String = "") -> Place {
        Place(file: tensorsURL.path(percentEncoded: false), object: object)
    }

    private func checkFile() throws(ArchiveError) {
        let size: Int
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: tensorsURL.resolvingSymlinksInPath().path(percentEncoded: false))
            size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        } catch {
            throw ArchiveError(
                .fileSystem(operation: "opening the tensors", reason: "they are not there"),
                at: place(), hint: "keep the tensors beside their manifest")
        }
        guard size == manifest.tensors.bytes else {
            throw ArchiveError(
                .sizeMismatch(expected: manifest.tensors.bytes, found: size), at: place(),
                hint: Self.mismatchHint)
        }
        try checkFormat()
    }

    private func checkFormat() throws(ArchiveError) {
        let format: String?
        let version: Int
        do throws(HDF5Error) {
            (format, version) = try File.reading(tensorsURL) { (file) throws(HDF5Error) in
                guard try file.hasAttribute("format", of: "/") else { return (nil, 0) }
                return (
                    try file.text("format", of: "/"),
                    Int(try file.number("format_version", of: "/", as: Int64.self))
                )
            }
        } catch {
            throw ArchiveError(error)
        }
        guard format == TensorNames.format else {
            throw ArchiveError(
                .wrongFormat(expected: "myotask collection's tensors", found: format),
                at: place(), hint: Self.mismatchHint)
        }
        guard version == TensorNames.formatVersion else {
            throw ArchiveError(
                .unsupportedVersion(expected: TensorNames.formatVersion, found: version),
                at: place(), hint: "read it with the version of myotask that wrote it, or newer")
        }
    }
}
