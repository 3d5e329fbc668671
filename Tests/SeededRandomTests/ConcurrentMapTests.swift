import Parallel
import Testing

@Suite("Mapping on several threads")
struct ConcurrentMapTests {
    private struct Refusal: Error, Equatable { let index: Int }

    @Test("results come in index order for any number of threads", arguments: [1, 2, 3, 16])
    func order(threads: Int) {
        #expect(
            concurrentMap(count: 100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 })
    }

    @Test("the error of the lowest index is thrown", arguments: [1, 2, 5])
    func firstError(threads: Int) {
        #expect(throws: Refusal(index: 7)) {
            try concurrentMap(count: 50, threads: threads) { index throws(Refusal) in
                if index >= 7 { throw Refusal(index: index) }
            }
        }
    }

    @Test("no index gives no result")
    func empty() {
        #expect(concurrentMap(count: 0, threads: 4) { $0 }.isEmpty)
    }
}
