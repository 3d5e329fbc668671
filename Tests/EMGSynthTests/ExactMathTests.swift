import EMGSynth
import Foundation
import Testing

@Suite("Exact mathematics")
struct ExactMathTests {
    @Test("sine, cosine and exponential agree with the platform's to 1e-13")
    func oracle() {
        for step in -4_000...4_000 {
            let angle = Double(step) * 0.013
            #expect(abs(ExactMath.sin(angle) - sin(angle)) < 1e-13)
            #expect(abs(ExactMath.cos(angle) - cos(angle)) < 1e-13)
        }
        for step in -400...400 {
            let exponent = Double(step) * 0.05
            #expect(abs(ExactMath.exp(exponent) / exp(exponent) - 1) < 1e-12)
        }
    }
}
