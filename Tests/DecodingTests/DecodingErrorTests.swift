import Decoding
import Testing

@Suite struct DecodingErrorTests {
    @Test func `an error says what, where and what to do`() {
        let error = DecodingError(
            .otherInput(property: "rate", expected: "200 Hz", found: "100 Hz"), at: "a stream",
            hint: "resample it")
        #expect(
            error.description
                == "a stream: rate: the bundle was made for 200 Hz, this has 100 Hz\n  hint: resample it"
        )
    }
}
