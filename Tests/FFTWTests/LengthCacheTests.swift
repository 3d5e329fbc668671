import FFTW
import Synchronization
import Testing

@Suite("Cache by length")
struct LengthCacheTests {
    @Test("a value is made once and the one asked for longest ago goes first")
    func keepsTheNewest() {
        let made = Mutex<[Int]>([])
        let cache = LengthCache<Int>(capacity: 2) { length in
            made.withLock { $0.append(length) }
            return 10 * length
        }
        #expect(cache.value(length: 1) == 10)
        #expect(cache.value(length: 2) == 20)
        #expect(cache.value(length: 1) == 10)
        #expect(cache.value(length: 3) == 30)
        #expect(cache.count == 2)
        #expect(cache.value(length: 1) == 10)
        #expect(made.withLock { $0 } == [1, 2, 3])
        #expect(cache.value(length: 2) == 20)
        #expect(made.withLock { $0 } == [1, 2, 3, 2])
    }

    @Test("shared plans are one and the same")
    func sharesPlans() {
        #expect(RealFFTPlan.shared(length: 480) === RealFFTPlan.shared(length: 480))
        #expect(
            ComplexFFTPlan<Double>.shared(length: 480)
                === ComplexFFTPlan<Double>.shared(length: 480))
    }
}
