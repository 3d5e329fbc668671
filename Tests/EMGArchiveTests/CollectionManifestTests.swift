import Documents
import EMGArchive
import EMGSignal
import Files
import Foundation
import TestSupport
import Testing

@Suite("Manifests")
struct CollectionManifestTests {
    @Test("a manifest comes back as it was written, and gives the same text again")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url, count: 3)
        var manifest = try CollectionManifest(contentsOf: url)
        #expect(try manifest.json() == String(contentsOf: url, encoding: .utf8))
        manifest.seed = .max
        manifest.name = "Größe \"/\\ ☃"
        manifest.history = [
            ProcessingStep(
                operation: "build",
                parameters: [
                    "whole": .integer(2), "real": .number(2), "tiny": .number(1e-300),
                    "flag": .flag(true), "nested": .list([.list([]), .text("")]),
                ], software: "x 1")
        ]
        try manifest.write(to: url)
        #expect(try CollectionManifest(contentsOf: url) == manifest)
    }

    @Test("the text is what Foundation writes, but for the points of whole numbers")
    func textLikeFoundation() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let data = try Data(contentsOf: url)
        let again = try JSONSerialization.data(
            withJSONObject: try JSONSerialization.jsonObject(with: data),
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        let withoutPoints = try #require(String(data: data, encoding: .utf8))
            .replacing(#/\.0(?=,?\n)/#, with: "")
            .replacing(#/\[\n\s*\]/#, with: "[]")
        let foundation = String(decoding: again, as: UTF8.self)
            .replacing(#/\[\n\s*\]/#, with: "[]")
            .replacing("1.0000000000000001e-05", with: "1e-05")
        #expect(withoutPoints == foundation + "\n")
    }

    @Test("a seed that JSON readers would round is written as a text")
    func seeds() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        var manifest = try CollectionManifest(contentsOf: url)
        for (seed, text) in [
            (0, "0"), (1 << 53 - 1, "9007199254740991"), (1 << 53, "\"9007199254740992\""),
            (UInt64.max, "\"18446744073709551615\""),
        ] as [(UInt64, String)] {
            manifest.seed = seed
            #expect(try manifest.json().contains("\"seed\" : \(text),"))
            try manifest.write(to: url)
            #expect(try CollectionManifest(contentsOf: url).seed == seed)
        }
    }

    @Test("a number that JSON cannot say is an error, not a trap")
    func nonFiniteNumbers() throws {
        let folder = try TemporaryFolder()
        var manifest = try CollectionManifest(
            contentsOf: try SyntheticCollection.write(in: folder.url))
        let good = manifest
        manifest.tasks[0].normalization.scale[1] = .nan
        #expect(throws: ArchiveError.self) { try manifest.json() }
        manifest = good
        manifest.split.parameters["x"] = .list([.number(.infinity)])
        #expect(throws: ArchiveError.self) { try manifest.json() }
    }

    @Test("ids that differ by case and tasks of one source are warned of")
    func warnings() throws {
        let folder = try TemporaryFolder()
        var manifest = try CollectionManifest(
            contentsOf: try SyntheticCollection.write(in: folder.url, count: 3))
        manifest.tasks[2].identity = try RecordingIdentity(
            patient: "P1", session: "s", condition: "131")
        manifest.tasks[1].source = manifest.tasks[0].source
        #expect(
            manifest.warnings == [
                .sameSource(
                    "p1/s/131", "p2/s/131", sha256: manifest.tasks[0].source.sha256),
                .idsDifferByCase("p1/s/131", "P1/s/131"),
            ])
    }

    @Test("a byte order mark, a path with ./ and a path below a folder are accepted")
    func harmless() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let text = try String(contentsOf: url, encoding: .utf8)
        try AtomicFile.write([0xEF, 0xBB, 0xBF] + Array(text.utf8), to: url)
        _ = try CollectionFile.open(url)
        try AtomicFile.write(
            Array(text.replacing("\"small.h5\"", with: "\"./small.h5\"").utf8), to: url)
        _ = try CollectionFile.open(url)
        let below = folder.url.appending(path: "a/b")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        try FileManager.default.moveItem(
            at: folder.url.appending(path: "small.h5"), to: below.appending(path: "small.h5"))
        try AtomicFile.write(
            Array(text.replacing("\"small.h5\"", with: "\"a/b/small.h5\"").utf8), to: url)
        try CollectionFile.open(url).verifyHashes()
    }

    @Test("a folder or a link out of the folder in the tensors' place is refused with its line")
    func tensorsOnDisk() throws {
        let folder = try TemporaryFolder()
        let inner = folder.url.appending(path: "inner")
        let url = try SyntheticCollection.write(in: inner)
        let tensors = inner.appending(path: "small.h5")
        let outside = folder.url.appending(path: "outside.h5")
        try FileManager.default.moveItem(at: tensors, to: outside)
        func error() -> DocumentError? {
            #expect(throws: DocumentError.self) { try CollectionManifest(contentsOf: url) }
        }
        try FileManager.default.createDirectory(
            at: tensors, withIntermediateDirectories: false)
        #expect(error()?.path == "$.tensors.path")
        #expect(error()?.description.contains("folder") == true)
        try FileManager.default.removeItem(at: tensors)

        for target in [outside.path(percentEncoded: false), "../outside.h5", "/etc/passwd"] {
            try FileManager.default.createSymbolicLink(
                atPath: tensors.path(percentEncoded: false), withDestinationPath: target)
            #expect(error()?.path == "$.tensors.path")
            #expect(error()?.position != nil)
            try FileManager.default.removeItem(at: tensors)
        }
        // A folder on the way that is a link out of it.
        try FileManager.default.createSymbolicLink(
            at: inner.appending(path: "link"), withDestinationURL: folder.url)
        let text = try String(contentsOf: url, encoding: .utf8)
        try AtomicFile.write(
            Array(text.replacing("\"small.h5\"", with: "\"link/outside.h5\"").utf8), to: url)
        #expect(error()?.path == "$.tensors.path")
        // A link within the folder is fine.
        try AtomicFile.write(Array(text.utf8), to: url)
        try FileManager.default.moveItem(at: outside, to: inner.appending(path: "real.h5"))
        try FileManager.default.createSymbolicLink(
            atPath: tensors.path(percentEncoded: false), withDestinationPath: "real.h5")
        try CollectionFile.open(url).verifyHashes()
    }
}
