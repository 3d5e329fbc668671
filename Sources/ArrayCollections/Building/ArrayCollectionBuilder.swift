private import EMGArchive
private import Files
package import Foundation
private import HDF5
private import MetaLearning
private import PrintableText

/// Makes a collection of labeled arrays: the same bytes for the same sources and settings.
package struct ArrayCollectionBuilder {
    /// The settings.
    package let configuration: ArrayConfiguration

    /// Creates a builder.
    package init(_ configuration: ArrayConfiguration) { self.configuration = configuration }

    /// What a build gave.
    package struct Report: Sendable {
        /// The manifest.
        package let manifest: ArrayManifest
        /// What should be known.
        package let warnings: [String]
    }

    /// Builds a collection.
    ///
    /// - Parameters:
    ///   - sources: HDF5, `.npy`, `.npz` and CSV files, or folders of images; at least one.
    ///   - url: The manifest, `NAME.json`; the samples become `NAME.h5` beside it.
    ///   - threads: How many threads compress; the bytes do not depend on it.
    /// - Returns: What was built.
    /// - Throws: ``ArrayError`` or another module's that says what is wrong where; nothing is left
    ///   behind then, and what was there is there still.
    package func build(
        from sources: [URL], to url: URL, threads: Int = 1
    ) throws -> Report {
        guard !sources.isEmpty else {
            throw ArrayError(
                .tooFew("sources", expected: 1, found: 0), at: "arrays",
                hint: "name a file of arrays, a table or a folder of images")
        }
        let fileURL = Self.file(beside: url)
        if let source = sources.first(where: { Self.isSame($0, fileURL) }) {
            throw ArrayError(
                .invalid(
                    expected: "an output whose samples are another file than the source",
                    found: fileURL.lastPathComponent), at: source.path(percentEncoded: false),
                hint: "the collection would take the source's place: name another output")
        }
        let plan = try BuildPlan(sources, configuration)
        StaleFiles.sweep(of: fileURL)
        let partial = try PartialFile(for: fileURL)
        var manifest = try SampleWriter(plan, threads: threads).write(to: partial.url)
        let digest = try FileDigest(of: partial.url)
        manifest.name = url.deletingPathExtension().lastPathComponent
        manifest.file = ArrayManifest.DataFile(
            path: fileURL.lastPathComponent, sha256: digest.sha256, bytes: digest.bytes)
        manifest.sources = try sources.map { try ArrayManifest.DataFile(source: $0) }
        // Two files cannot be exchanged at once: without its manifest there is no collection, and
        // never the manifest of one with the samples of another.
        let name = url.path(percentEncoded: false)
        if FileManager.default.fileExists(atPath: name) {
            do {
                try FileManager.default.removeItem(at: url)
            } catch {
                throw ArrayError(reading: url, error)
            }
        }
        try partial.commit()
        try AtomicFile.write(manifest.json, to: url)
        return Report(manifest: manifest, warnings: plan.warnings)
    }

    /// Where the samples of a manifest go.
    package static func file(beside manifest: URL) -> URL {
        manifest.deletingPathExtension().appendingPathExtension("h5")
    }

    /// Whether two paths lead to one place.
    private static func isSame(_ one: URL, _ other: URL) -> Bool {
        one.standardizedFileURL.resolvingSymlinksInPath()
            == other.standardizedFileURL.resolvingSymlinksInPath()
    }

    /// Builds a collection anew from its sources and compares both files.
    ///
    /// - Parameters:
    ///   - url: The manifest.
    ///   - place: The source, or the folder that the sources lie in by their names.
    ///   - threads: How many threads compress.
    /// - Returns: The manifest, and what differs; nothing when the bytes are the same.
    /// - Throws: When the collection or a source cannot be read.
    package static func verify(
        _ url: URL, from place: URL, threads: Int = 1
    ) throws -> (manifest: ArrayManifest, differences: [String]) {
        let url = CollectionManifest.file(named: url)
        let manifest = try ArrayManifest(contentsOf: url)
        let sources = manifest.sources.map { source in
            let inside = place.appending(path: source.path)
            return manifest.sources.count == 1
                && !FileManager.default.fileExists(atPath: inside.path(percentEncoded: false))
                ? place : inside
        }
        let folder = try PartialFolder(
            for: url.deletingLastPathComponent().appending(path: ".\(manifest.name).verified"))
        let built = folder.url.appending(path: url.lastPathComponent)
        let again = try ArrayCollectionBuilder(manifest.settings).build(
            from: sources, to: built, threads: threads
        ).manifest
        var differences: [String] = []
        for (stated, found) in zip(manifest.sources, again.sources) where stated != found {
            differences.append(
                "the source \(stated.path.printable()) has SHA-256 \(found.sha256), the manifest says "
                    + stated.sha256)
        }
        if manifest.file.sha256 != again.file.sha256 {
            differences.append("the samples are others: SHA-256 \(again.file.sha256)")
        }
        let stated = Dictionary(
            manifest.members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for member in again.members where stated[member.name] != member {
            differences.append("\(member.name.printable()) comes out otherwise")
        }
        if differences.isEmpty, manifest.json != again.json {
            differences.append(
                "the manifests differ: software \(manifest.software), now \(again.software)")
        }
        let own = try FileDigest(
            of: url.deletingLastPathComponent().appending(path: manifest.file.path))
        if own.sha256 != manifest.file.sha256 {
            differences.append("the file beside the manifest was changed: SHA-256 \(own.sha256)")
        }
        return (manifest, differences)
    }
}
