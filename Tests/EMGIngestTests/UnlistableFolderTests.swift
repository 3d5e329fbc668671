import EMGFormats
import EMGIngest
import Foundation
import TestSupport
import Testing

@Suite("Folders that may not be listed")
struct UnlistableFolderTests {
    /// What a folder is read as. Its files may be read in each case: only their names are hidden.
    enum Content: String, CaseIterable, Codable, Sendable {
        case myo, pieces, recording, search, annotations, sidecars

        /// Puts files into a folder.
        ///
        /// - Returns: What is read, and the folder whose names are hidden.
        func make(in folder: borrowing TemporaryFolder) throws -> (source: URL, hidden: URL) {
            switch self {
            case .myo, .recording, .search:
                let session = folder.url.appending(path: "Female0/training0")
                try FileManager.default.createDirectory(
                    at: session, withIntermediateDirectories: true)
                try Data(count: 160).write(to: session.appending(path: "classe_0.dat"))
                return (session, session)
            case .pieces:
                let session = folder.url.appending(path: "S1")
                try FileManager.default.createDirectory(
                    at: session, withIntermediateDirectories: true)
                try Data("1,2\n".utf8).write(to: session.appending(path: "C_0_R_0.csv"))
                return (session, session)
            case .annotations:
                let header = folder.url.appending(path: "r.hea")
                try Data("r 1 100 2\nr.dat 16 1000/mV 16 0 0 0 0 emg\n".utf8).write(to: header)
                try Data(count: 4).write(to: folder.url.appending(path: "r.dat"))
                return (header, folder.url)
            case .sidecars:
                let url = try EDFBytes.standard(records: 4).write(
                    "sub-1/ses-2/emg/sub-1_ses-2_task-rest_emg.edf", to: folder)
                return (url, url.deletingLastPathComponent())
            }
        }

        /// Reads it.
        func read(_ url: URL) throws {
            let options = ReadOptions()
            switch self {
            case .myo: _ = try MyoReader().files(of: url, options: options)
            case .pieces:
                let template = try #require(SourceTemplate.shipped.first { $0.name == "libemg" })
                _ = try #require(DelimitedReader(template)).files(of: url, options: options)
            case .recording: _ = try ReaderRegistry.standard.reader(for: url)
            case .search:
                let search = SourceSearch.search([url], registry: .standard)
                if let error = search.refused.first { throw error }
            case .annotations: _ = try WFDBReader().read(url, options: options)
            case .sidecars: _ = try EDFReader(.edf).read(url, options: options)
            }
        }
    }

    @Test(
        "are refused with their path and the reason, and never read as empty ones",
        arguments: Content.allCases)
    func refused(content: Content) async throws {
        let folder = try TemporaryFolder()
        let (source, hidden) = try content.make(in: folder)
        try Privilege.hideNames(in: hidden)
        defer { try? Privilege.showNames(in: hidden) }
        let paths = [source, hidden].map { $0.path(percentEncoded: false) }
        await #expect(processExitsWith: .success) {
            [content = content as Content, paths = paths as [String]] in
            Privilege.drop()
            let error = #expect(throws: IngestError.self) {
                try content.read(URL(filePath: paths[0]))
            }
            #expect(
                error?.kind
                    == .unreadable(
                        reason: "the folder cannot be listed: permission denied"))
            let named = URL(filePath: error?.location.file ?? "").standardizedFileURL
            #expect(
                named.pathComponents == URL(filePath: paths[1]).standardizedFileURL.pathComponents)
            #expect(error?.hint == "check the path and its permissions")
        }
    }

    @Test("an annotation file that may not be read is refused: it may have the labels")
    func unreadableAnnotations() async throws {
        let folder = try TemporaryFolder()
        let (header, _) = try Content.annotations.make(in: folder)
        let file = folder.url.appending(path: "r.qrs")
        try Data([0, 0]).write(to: file)
        // No annotation file, and so nobody's business.
        #expect(throws: Never.self) { try WFDBReader().read(header, options: ReadOptions()) }
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path())
        let path = header.path(percentEncoded: false)
        await #expect(processExitsWith: .success) { [path = path as String] in
            Privilege.drop()
            let error = #expect(throws: IngestError.self) {
                try WFDBReader().read(URL(filePath: path), options: ReadOptions())
            }
            #expect(error?.kind == .unreadable(reason: "permission denied"))
            #expect(error?.location.file.hasSuffix("r.qrs") == true)
        }
    }
}
