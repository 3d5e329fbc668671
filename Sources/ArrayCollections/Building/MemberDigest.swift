private import Digests

/// The digest of a class's samples, which come one by one.
final class MemberDigest {
    private var hash: SHA256? = SHA256()

    func add(_ values: SampleBlock, _ range: Range<Int>) {
        switch values {
        case .bytes(let bytes): unsafe hash?.update(bytes.span.extracting(range).bytes)
        case .numbers(let numbers): unsafe hash?.update(numbers.span.extracting(range).bytes)
        }
    }

    func finish() -> String { hash.take()?.finish() ?? "" }
}
