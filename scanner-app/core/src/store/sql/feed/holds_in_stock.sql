-- Holds that name a product which the book has somewhere. A region has thousands of holds and few of them concern this day.
SELECT DISTINCT feed_row.body
FROM stock_place
JOIN hold_di ON hold_di.di = stock_place.product
JOIN feed_row ON feed_row.topic = 'holds' AND feed_row.key = hold_di.hold;
