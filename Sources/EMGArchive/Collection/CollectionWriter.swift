package import EMGSignal
import Files
package import Foundation
import HDF5
import PrintableText

/// Writes a collection, task after task: only one task's signal is in memory at a time.
///
/// Nothing shows under the final names before ``finish(_:)``; then the tensors come first and the
/// manifest last, so that a manifest that is there has its tensors. A writer that goes out of
/// use earlier leaves nothing behind.
package struct CollectionWriter: ~Copyable {
    private let manifestURL: URL
    private let tensorsURL: URL
    private let partial: PartialFile
    private var locations: [String: CollectionManifest.TensorLocation] = [:]

    /// Starts a collection.
    ///
    /// - Parameters:
    ///   - url: The manifest, `NAME.json`; the tensors become `NAME.h5` beside it.
    ///   - grid: The grid of electrodes that the channels lie on, as the manifest will tell it.
    /// - Throws: ``ArchiveError`` when the folder cannot be written to.
    package init(
        manifest url: URL, grid: CollectionManifest.Grid? = nil
    ) throws(ArchiveError) {
        let tensorsURL = url.deletingPathExtension().appendingPathExtension("h5")
        StaleFiles.sweep(of: tensorsURL)
        let partial = try ArchiveError.wrapping { () throws(FilesError) in
            try PartialFile(for: tensorsURL)
        }
        do throws(HDF5Error) {
            try File.creating(partial.url) { (file) throws(HDF5Error) in
                try file.setText(TensorNames.format, "format", of: "/")
                try file.setNumber(Int64(TensorNames.formatVersion), "format_version", of: "/")
                try file.setText(SoftwareVersion.text, "software", of: "/")
                if let grid {
                    try file.setNumbers(
                        [Int64(grid.rows), Int64(grid.columns)], TensorNames.grid, of: "/")
                }
                try file.createGroup("/tasks")
            }
        } catch {
            throw ArchiveError(error, file: tensorsURL.path(percentEncoded: false))
        }
        manifestURL = url
        self.tensorsURL = tensorsURL
        self.partial = partial
    }

    /// Adds a task.
    ///
    /// - Parameters:
    ///   - identity: Which one.
    ///   - tensors: Its signal and windows.
    /// - Returns: Where it lies and its hash, for the manifest.
    /// - Throws: ``ArchiveError`` when it is there already or cannot be written.
    @discardableResult
    package mutating func add(
        _ identity: RecordingIdentity, _ tensors: TaskTensors
    ) throws(ArchiveError) -> CollectionManifest.TensorLocation {
        let path = CollectionManifest.TensorLocation.path(of: identity)
        guard locations[identity.id] == nil else {
            throw ArchiveError(
                .invalid(expected: "a task that is not there yet", found: identity.id),
                at: Place(file: tensorsURL.path(percentEncoded: false), object: path),
                hint: "two recordings have one id: rename a condition or run")
        }
        do throws(HDF5Error) {
            try File.updating(partial.url) { (file) throws(HDF5Error) in
                try tensors.write(to: file, group: path)
            }
        } catch {
            throw ArchiveError(error, file: tensorsURL.path(percentEncoded: false))
        }
        let location = CollectionManifest.TensorLocation(path: path, sha256: tensors.sha256)
        locations[identity.id] = location
        return location
    }

    /// Finishes the tensors, then writes the manifest.
    ///
    /// - Parameter manifest: Makes the manifest, given what to say of the tensors' file.
    /// - Returns: The manifest.
    /// - Throws: ``ArchiveError`` when a file cannot be written, or the manifest's tasks are not
    ///   the ones that were added.
    @discardableResult
    package consuming func finish(
        _ manifest: (CollectionManifest.TensorFile) -> CollectionManifest
    ) throws(ArchiveError) -> CollectionManifest {
        let (sha256, bytes) = try Hash.ofFile(partial.url)
        let manifest = manifest(
            CollectionManifest.TensorFile(
                path: tensorsURL.lastPathComponent, sha256: sha256, bytes: bytes))
        let stated = Dictionary(
            manifest.tasks.map { ($0.id, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        guard stated == locations, manifest.tasks.count == locations.count else {
            throw ArchiveError(
                .invalid(
                    expected: "the \(locations.count, of: "task") that were added",
                    found: "\(manifest.tasks.count, of: "other")"),
                at: Place(file: manifestURL.path(percentEncoded: false)),
                hint: "this is a fault of the program that made the collection")
        }
        let text = try manifest.json()
        let replacement = CollectionReplacement(manifest: manifestURL, tensors: tensorsURL)
        try replacement.begin()
        do throws(FilesError) {
            try partial.commit()
        } catch {
            throw ArchiveError(error)
        }
        try replacement.finish(manifest: text)
        return manifest
    }
}

extension CollectionWriter {
    /// Writes a collection of tensors that another one has already: they share the bytes on the
    /// disk where it can do that, and are copied elsewhere.
    ///
    /// - Parameters:
    ///   - tensors: The other collection's tensors.
    ///   - url: The manifest, `NAME.json`; the tensors become `NAME.h5` beside it.
    ///   - manifest: Makes the manifest, given the path of the tensors beside it.
    /// - Returns: The manifest.
    /// - Throws: ``ArchiveError`` when a file cannot be written.
    @discardableResult
    package static func write(
        sharing tensors: URL, to url: URL, _ manifest: (String) -> CollectionManifest
    ) throws(ArchiveError) -> CollectionManifest {
        let tensorsURL = url.deletingPathExtension().appendingPathExtension("h5")
        let manifest = manifest(tensorsURL.lastPathComponent)
        let text = try manifest.json()
        let replacement = CollectionReplacement(manifest: url, tensors: tensorsURL)
        try replacement.begin()
        try ArchiveError.wrapping { () throws(FilesError) in
            try AtomicFile.share(tensors, at: tensorsURL)
        }
        try replacement.finish(manifest: text)
        return manifest
    }
}

extension TaskTensors {
    fileprivate func write(to file: borrowing File, group: String) throws(HDF5Error) {
        try file.createGroup(group)
        try file.createDataset(
            "\(group)/\(TensorNames.signal)", values: signal.values,
            shape: [signal.sampleCount, signal.channelCount])
        let parts =
            [(TensorNames.support, support), (TensorNames.query, query)]
            + (earlier.map { [(TensorNames.earlier, $0)] } ?? [])
        for (name, windows) in parts {
            try file.createGroup("\(group)/\(name)")
            try file.createDataset(
                "\(group)/\(name)/\(TensorNames.starts)", values: windows.starts,
                shape: [windows.starts.count])
            try file.createDataset(
                "\(group)/\(name)/\(TensorNames.labels)", values: windows.labels,
                shape: [windows.labels.count])
            guard !windows.targets.isEmpty else { continue }
            try file.createDataset(
                "\(group)/\(name)/\(TensorNames.targets)", values: windows.targets,
                shape: [windows.starts.count, windows.targets.count / windows.starts.count])
        }
    }
}
