private import ErrorReports
internal import Foundation
internal import HDF5

/// An HDF5 file that another program may have written, while it is read: its faults in the words
/// of a source.
struct HDF5Source: Sendable {
    /// The signature of HDF5 files; it stands at byte 0, 512, 1024, 2048 and so on.
    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Chunks are decompressed one at a time and must fit into memory several times over.
    private static let largestChunk = 32 << 20

    /// The largest chunk that libhdf5 itself decompresses: it follows a stream that inflates a
    /// thousand times to its end.
    static let largestForeignChunk = 4 << 20

    /// The open file.
    let file: OpenFile
    /// The file as the caller named it.
    let name: String

    /// Opens a file.
    ///
    /// - Parameter url: The file.
    /// - Throws: ``IngestError`` when it is not there or no HDF5 file.
    init(_ url: URL) throws(IngestError) {
        name = url.relativePath
        do throws(HDF5Error) {
            file = try OpenFile.reading(
                url.resolvingSymlinksInPath(), limits: ReadLimits(chunkBytes: Self.largestChunk))
        } catch {
            if case .notHDF5 = error.kind {
                let prefix = try SourceFileReader.prefix(
                    of: url, count: ReaderRegistry.prefixLength)
                throw IngestError(
                    .wrongFormat(
                        expected: "an HDF5 file",
                        found: ContentKind(prefix: prefix).description),
                    at: SourceLocation(file: name),
                    hint: prefix.isEmpty
                        ? "copy it again from where it was recorded"
                        : "leave out --format to have the format found out")
            }
            throw IngestError(error, file: name)
        }
    }

    /// Whether a file begins like an HDF5 file, possibly behind a block of its user's.
    static func isHDF5(_ prefix: [UInt8]) -> Bool {
        var offset = 0
        while offset + signature.count <= prefix.count {
            if prefix[offset...].starts(with: signature) { return true }
            offset = offset == 0 ? 512 : offset * 2
        }
        return false
    }

    /// Whether a file is HDF5 and a look into it finds what is looked for; any fault is a no, and
    /// shows when the reader that takes the file opens it.
    static func matches(
        _ url: URL, _ prefix: [UInt8], _ look: (OpenFile) throws(HDF5Error) -> Bool
    ) -> Bool {
        guard isHDF5(prefix), let source = try? HDF5Source(url) else { return false }
        return (try? look(source.file)) ?? false
    }

    /// Does something with the file.
    func attempt<Result>(
        _ body: (OpenFile) throws(HDF5Error) -> Result
    ) throws(IngestError) -> Result {
        do throws(HDF5Error) {
            return try body(file)
        } catch {
            throw IngestError(error, file: name)
        }
    }

    /// A place in the file.
    func location(_ object: String? = nil, field: String? = nil) -> SourceLocation {
        SourceLocation(file: name, field: field, object: object)
    }

    /// The names in a group in words, a few of them, for messages.
    func contents(of group: String) throws(IngestError) -> String {
        let (names, count) = try attempt { (file) throws(HDF5Error) in
            try file.links(in: group, limit: 6)
        }
        let prefix = group == "/" ? "/" : "\(group)/"
        guard !names.isEmpty else { return "nothing in \(group)" }
        let listed = names.map { prefix + $0 }.joined(separator: ", ")
        return count > names.count ? "\(listed) and \(count - names.count) more" : listed
    }

    /// What a dataset is, or an error that says what is there instead.
    func metadata(of dataset: String) throws(IngestError) -> DatasetMetadata {
        let metadata = try attempt { (file) throws(HDF5Error) in try file.metadata(of: dataset) }
        if let metadata { return metadata }
        let isThere = try attempt { (file) throws(HDF5Error) in try file.hasLink(dataset) }
        let parent = dataset.split(separator: "/").dropLast().joined(separator: "/")
        let isParentThere = try attempt { (file) throws(HDF5Error) in
            try file.hasLink("/\(parent)")
        }
        throw IngestError(
            .wrongFormat(
                expected: "a dataset \(dataset)",
                found: isThere
                    ? "a group" : try contents(of: isParentThere ? "/\(parent)" : "/")),
            at: location(),
            hint: "name the datasets in a template, or the format if it is another")
    }
}

extension IngestError {
    /// A fault of an HDF5 file as a fault of a source.
    init(_ error: HDF5Error, file: String) {
        if let fault = error.machineFault {
            self.init(fault)
            return
        }
        let object = error.location.object
        let reason = "\(error.kind)"
        let kind: Kind
        switch error.kind {
        case .unreadable(let reason): kind = .unreadable(reason: reason)
        case .notHDF5: kind = .wrongFormat(expected: "an HDF5 file", found: "another")
        case .truncated, .damaged, .library, .machine:
            kind = .malformed(expected: "a whole HDF5 file", found: "one that \(reason)")
        case .newerVersion:
            kind = .unsupported(feature: "a structure that only newer versions of libhdf5 know")
        case .missing(let what, let found, _):
            kind = .inconsistent(
                expected: "the \(what) \(object)",
                found: found.isEmpty ? "none" : found.joined(separator: ", "))
        case .link(.dangling(let target)):
            kind = .inconsistent(expected: "what the soft link leads to", found: "no \(target)")
        case .link(.loop):
            kind = .inconsistent(
                expected: "a soft link that leads somewhere", found: "links in a circle")
        case .link(.external(let file)):
            kind = .unsupported(feature: "a link into another file, \"\(file)\",")
        case .link(.userDefined): kind = .unsupported(feature: "a link of an unknown class")
        case .storage(.external), .storage(.virtual):
            kind = .unsupported(feature: "a dataset whose values lie in other files or datasets")
        case .storage(.unknownFilter(let id, let name)):
            kind = .unsupported(feature: "the filter \(id) (\(name)), which is no part of libhdf5,")
        case .storage(.repeatedCompression):
            kind = .unsupported(feature: "compressing more than once")
        case .storage(let fault):
            kind = .inconsistent(
                expected: "values that are all there", found: "a dataset that \(fault.words)")
        case .unexpectedType(let expected, let found), .unexpectedShape(let expected, let found):
            kind = .inconsistent(expected: expected, found: found)
        }
        self.init(
            kind,
            at: SourceLocation(file: file, object: object.isEmpty ? nil : object),
            hint: error.hint.isEmpty ? Self.remedy(error.kind) : error.hint)
    }

    /// What helps against a fault that the module HDF5 has no remedy for.
    private static func remedy(_ kind: HDF5Error.Kind) -> String {
        switch kind {
        case .unexpectedType, .unexpectedShape:
            "save plain real numbers, samples × channels, or name another dataset in a template"
        case .missing: "name what is there in a template"
        case .unreadable: "check that the file exists and may be read"
        case .notHDF5: "leave out --format to have the format found out"
        case .newerVersion: "copy it with h5repack --low=0 --high=2"
        case .link: "copy what the link leads to into the file, for example with h5repack"
        case .storage: "copy the file with h5repack, or write it again"
        case .machine(let fault): fault.remedy
        case .truncated, .damaged, .library: "copy the file again from where it was recorded"
        }
    }
}

extension HDF5Error.StorageFault {
    fileprivate var words: String { "\(HDF5Error.Kind.storage(self))" }
}
