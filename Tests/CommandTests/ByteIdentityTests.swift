import Digests
import EMGArchive
import Foundation
import TestSupport
import Testing

/// Collections of the laboratory in `sample-data/roam`, whose tables are in the repository: the
/// same bytes wherever and however they are built.
@Suite("Collections byte by byte")
struct ByteIdentityTests {
    private static let settings = """
        seed: 11
        window: {length: 40, stride: 4}
        split: {rule: first_cycle}
        augmentation: [{kind: rotation, positions: 1}]
        splits: {test: 2, validation: 1}

        """

    /// How a build may differ without its bytes being others.
    struct Surroundings: Sendable, CustomTestStringConvertible {
        var threads = 1
        var folder = "here"
        var environment: [String: String] = [:]
        var umask: String?

        var testDescription: String {
            "\(threads) threads in \(folder), \(environment.sorted { $0.key < $1.key }), "
                + "umask \(umask ?? "as it is")"
        }
    }

    static let surroundings = [
        Surroundings(threads: 2),
        Surroundings(
            threads: 5, folder: "an other/größer folder", environment: ["TZ": "Asia/Kathmandu"]),
        Surroundings(
            environment: ["LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "UTC-13"],
            umask: "077"),
        Surroundings(
            threads: 2,
            environment: [
                "HOME": "/nonexistent", "USER": "nobody", "COLUMNS": "20", "NO_COLOR": "1",
                "OMP_NUM_THREADS": "3", "HDF5_USE_FILE_LOCKING": "FALSE",
            ], umask: "000"),
    ]

    /// Builds from the raw tables; gives archive and collection by their paths.
    private func build(_ surroundings: Surroundings) throws -> [String: Data] {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: surroundings.folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(Self.settings.utf8).write(to: place.appending(path: "c.yaml"))
        let raw = SharedMaterial.packageFolder.appending(path: "sample-data/roam")
        for arguments in [
            ["convert", raw.path(percentEncoded: false), "--output", "archive"],
            ["build", "archive", "--config", "c.yaml", "--output", "study"],
        ] {
            let run = try CommandRun(
                arguments + ["--threads", "\(surroundings.threads)"], in: place,
                environment: surroundings.environment, umask: surroundings.umask)
            try #require(run.status == 0, "\(arguments): \(run.problems)")
        }
        return try contents(of: place)
    }

    @Test(
        "threads, folder, time zone, locale, umask and environment change no byte",
        arguments: surroundings)
    func sameBytes(_ other: Surroundings) throws {
        let usual = try build(Surroundings())
        let found = try build(other)
        #expect(found.keys.sorted() == usual.keys.sorted())
        for (path, bytes) in usual { #expect(found[path] == bytes, "\(path)") }
    }

    /// The SHA-256 of each task's signal, windows and labels, which no version of the software
    /// stands in. Another machine that gets these has built the same collection.
    private static let hashes = [
        "p1/2024_03_04_p1/111":
            "fd0efa5b6f02d2c74f7ca953b44e846624151231b68c8fcca2055fbedf797dcb",
        "p1/2024_03_04_p1/131":
            "04894dedc734a947bdf9a3040d0efed4eb2df1a2d89c328d9dba5e7c1c8f6984",
        "p2/2024_03_07_p2/111":
            "46ed7011c10994a13aaaabed0e56f18836c4436edf04f5fbe30d709293b81625",
        "p2/2024_03_07_p2/131":
            "ebe73c2c2070e8c592508219deb5de9d905e6cfb97c2dfc1cf27201b08e8ea96",
        "p3/2024_03_10_p3/111":
            "81b144a0efd3694bcb8f7942713d048047ce4a903830a922a92df5311c4f6a16",
        "p3/2024_03_10_p3/131":
            "9e8a29e598b0e742ab514689d00f4da73575235770b03545a837b544940057f1",
        "p4/2024_03_13_p4/111":
            "87a26e678243e21888def656f64fb1d0a2fa2e3f09b465754a1d534a0698e29e",
        "p4/2024_03_13_p4/131":
            "63cd571f9388ea0164c74896738e509bb8250345c0a9ffd03ea4aec2166a384a",
        "p5/2024_03_16_p5/111":
            "0e9178bd1ea5cbb01c2eb7631ff3b3a69e6d98e539bd598e91de5f10b47b4740",
        "p5/2024_03_16_p5/131":
            "548321b6ae10886cacc2cf2e79e31686aec4644a54c1d6824108800a541c086c",
        "p6/2024_03_19_p6/111":
            "9610fdd16d490b712ef0c74284cf4235ca84c882acd5325752ca5821d2ee99b5",
        "p6/2024_03_19_p6/131":
            "7333e87f676933bfcf6dd385e19e8897ec66fdf886eadb56e13a36492c391254",
    ]

    /// The SHA-256 of both files, in which the version of the software stands.
    private static let files = [
        "study.h5": "b68ba679e0703e0cfab15a495bf2cfb7ed711ce6aaec2657006a626e5008c4ed",
        "study.json": "d1e5b37032c79d265af77c6692f88dd237c0c158a9467998bba5978fb75c41f3",
    ]
    private static let software = "myotask 0.1.0"

    @Test("the tasks have the hashes that they have on every machine")
    func golden() throws {
        let folder = try TemporaryFolder()
        for (path, bytes) in try build(Surroundings()) where path.hasPrefix("study.") {
            try bytes.write(to: folder.url.appending(path: path))
        }
        let file = try CollectionFile.open(folder.url.appending(path: "study.json"))
        var found: [String: String] = [:]
        for task in file.manifest.tasks {
            found[task.id] = task.tensor.sha256
            #expect(try file.tensors(for: task.id).sha256 == task.tensor.sha256)
        }
        #expect(found == Self.hashes)
        #expect(
            file.manifest.splits.test == [
                "p1/2024_03_04_p1/111", "p1/2024_03_04_p1/131", "p4/2024_03_13_p4/111",
                "p4/2024_03_13_p4/131",
            ])
        guard file.manifest.software == Self.software else { return }
        #expect(file.manifest.tensors.sha256 == Self.files["study.h5"])
        let manifest = try Data(contentsOf: file.manifestURL)
        var hash = SHA256()
        hash.update(manifest.bytes)
        #expect(hash.finish() == Self.files["study.json"])
    }
}
