private import Digests
package import Foundation
private import HDF5
private import MetaLearning
private import PrintableText

/// What a collection of labeled arrays holds, checked against its manifest, and whether it leaks.
package struct ArrayAudit: Sendable {
    /// What is checked.
    package enum Check: String, Sendable, Hashable, CaseIterable {
        /// The file's and every class's digest.
        case hashes
        /// No class in two splits.
        case splits
        /// Numbers that are finite.
        case finite

        /// What holds when there is no violation.
        package var claim: String {
            switch self {
            case .hashes: "the file and the samples of every class have the SHA-256 of the manifest"
            case .splits: "no class, by name or by its samples, is in two splits"
            case .finite: "all numbers are finite"
            }
        }
    }

    /// Something that must not be.
    package struct Violation: Sendable, Hashable {
        /// Which check found it.
        package let check: Check
        /// The class or task; empty for the whole.
        package let name: String
        /// What it is.
        package let text: String
    }

    /// The manifest.
    package let manifest: ArrayManifest
    /// What must not be.
    package private(set) var violations: [Violation] = []
    /// What should be known.
    package private(set) var notes: [String] = []

    /// Audits a collection.
    ///
    /// - Parameter url: The manifest.
    /// - Returns: What was found.
    /// - Throws: When it cannot be read at all.
    package static func audit(_ url: URL) throws -> ArrayAudit {
        let collection = try ArrayCollection.open(url, checksHash: false)
        var audit = ArrayAudit(manifest: collection.manifest)
        try audit.look(at: collection)
        return audit
    }

    private init(manifest: ArrayManifest) { self.manifest = manifest }

    private mutating func look(at collection: ArrayCollection) throws {
        let file = try FileDigest(of: collection.fileURL)
        if file.sha256 != manifest.file.sha256 {
            violations.append(
                Violation(
                    check: .hashes, name: "",
                    text: "the file has SHA-256 \(file.sha256), the manifest says "
                        + manifest.file.sha256))
        }
        var samples = try SampleDigests(collection)
        try samples.read()
        for (index, member) in manifest.members.enumerated() {
            if samples.members[index] != member.sha256 {
                violations.append(
                    Violation(
                        check: .hashes, name: member.name,
                        text:
                            "the samples of \(member.name.printable()) are others than the manifest says"
                    ))
            }
        }
        for (name, place) in samples.infinite {
            violations.append(
                Violation(
                    check: .finite, name: name,
                    text: "sample \(place) of \(name.printable()) has a number that is not finite"))
        }
        var owners: [String: ArrayMember] = [:]
        for (index, member) in manifest.members.enumerated() {
            guard let other = owners[samples.members[index]] else {
                owners[samples.members[index]] = member
                continue
            }
            if other.split != member.split {
                violations.append(
                    Violation(
                        check: .splits, name: member.name,
                        text:
                            "\(member.name.printable()) (\(member.split.rawValue)) has the samples of "
                            + "\(other.name.printable()) (\(other.split.rawValue))"))
            } else {
                notes.append(
                    "\(member.name.printable()) has the same samples as \(other.name.printable())")
            }
        }
        if samples.sharedCount > 0 {
            notes.append(
                "\(samples.sharedCount, of: "sample stands", plural: "samples stand") in more than "
                    + "one split, the first as \(samples.firstShared)")
        }
    }
}

/// The digests of all samples, found in one pass.
private struct SampleDigests {
    private let collection: ArrayCollection
    /// The digest of each class or task.
    private(set) var members: [String] = []
    /// The first sample of a member that is not finite.
    private(set) var infinite: [(name: String, sample: Int)] = []
    /// How many samples stand in two splits.
    private(set) var sharedCount = 0
    private(set) var firstShared = ""

    init(_ collection: ArrayCollection) throws { self.collection = collection }

    mutating func read() throws {
        let manifest = collection.manifest
        let dataset = try collection.dataset(DatasetNames.samples)
        var owner = [Int](repeating: 0, count: dataset.description.shape[0])
        for (member, rows) in collection.rows.enumerated() {
            for row in rows { owner[Int(row)] = member }
        }
        let digests = manifest.members.map { _ in MemberDigest() }
        let width = manifest.sample.width
        let targets =
            manifest.isRegression
            ? try collection.dataset(DatasetNames.targets).read(as: Float.self) : []
        var splits: [UInt64: (split: EpisodeSplit, member: Int)] = [:]
        var notFinite: Set<Int> = []
        for start in stride(from: 0, to: owner.count, by: max(1, (4 << 20) / width)) {
            let range = start..<min(owner.count, start + max(1, (4 << 20) / width))
            let block: SampleBlock =
                manifest.sample.type == .uint8
                ? .bytes(try dataset.readRows(as: UInt8.self, range))
                : .numbers(try dataset.readRows(as: Float.self, range))
            for row in range {
                let place = (row - start) * width..<(row - start + 1) * width
                let member = owner[row]
                digests[member].add(block, place)
                if !block.isFinite(place), notFinite.insert(member).inserted {
                    infinite.append((manifest.members[member].name, row))
                }
                let mark = block.mark(place)
                let split = manifest.members[member].split
                if let other = splits[mark] {
                    if other.split != split {
                        sharedCount += 1
                        if firstShared.isEmpty {
                            firstShared =
                                "\(manifest.members[other.member].name.printable()) "
                                + "(\(other.split.rawValue)) and "
                                + "\(manifest.members[member].name.printable()) (\(split.rawValue))"
                        }
                    }
                } else {
                    splits[mark] = (split, member)
                }
            }
        }
        for (row, member) in owner.enumerated() where manifest.isRegression {
            let count = manifest.targets.count
            digests[member].add(.numbers(targets), row * count..<(row + 1) * count)
        }
        members = digests.map { $0.finish() }
    }
}

extension SampleBlock {
    /// Whether all numbers of a range are finite.
    fileprivate func isFinite(_ range: Range<Int>) -> Bool {
        switch self {
        case .bytes: true
        case .numbers(let numbers): numbers[range].allSatisfy(\.isFinite)
        }
    }

    /// A number that others have hardly ever (FNV-1a).
    fileprivate func mark(_ range: Range<Int>) -> UInt64 {
        var mark: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: UInt64) { mark = (mark ^ value) &* 0x0000_0100_0000_01b3 }
        switch self {
        case .bytes(let bytes): for byte in bytes[range] { add(UInt64(byte)) }
        case .numbers(let numbers): for number in numbers[range] { add(UInt64(number.bitPattern)) }
        }
        return mark
    }
}
